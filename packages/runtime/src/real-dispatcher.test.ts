import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { errors } from 'undici';
import { realDispatcher } from './real-dispatcher.ts';

test('an origin whose connections are all gone is forgotten, and known again when it is asked', async (t) => {
  const server = createServer((request, response) => void response.end(request.url));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const dispatcher = realDispatcher({});
  t.after(async () => {
    await dispatcher.destroy();
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get = async (path: string) => {
    const { body } = await dispatcher.request({ origin, path, method: 'GET' });
    return await body.text();
  };
  assert.equal(await get('/first'), '/first');
  const gone = once(dispatcher, 'disconnect');
  server.closeAllConnections();
  const [, targets] = await gone;
  assert.throws(() => targets[1].dispatch({ path: '/', method: 'GET' }, {}), errors.ClientClosedError);
  assert.equal(await get('/again'), '/again');
});
