import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { handlePprof } from './pprof-handler.ts';
import { ProfilerBusyError } from './v8-profiles.ts';

describe('/debug/pprof/', () => {
  const asked: number[] = [];
  let busy = false;
  let base = '';
  const server = createServer((request, response) => {
    const taken = handlePprof(
      {
        heapKind: 'live',
        async cpu(seconds) {
          if (busy) throw new ProfilerBusyError('cpu profiling already in use');
          asked.push(seconds);
          return Buffer.from('cpu');
        },
        heap: async () => Buffer.from('heap'),
        close() {},
      },
      request,
      response,
    );
    if (!taken) response.writeHead(418).end();
  });
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  const get = (path: string) => fetch(`${base}${path}`, { headers: { connection: 'close' } });

  test('serves a CPU profile of the asked duration, as a download', async () => {
    const response = await get('/debug/pprof/profile?seconds=4');
    assert.equal(response.headers.get('content-type'), 'application/octet-stream');
    assert.equal(response.headers.get('content-disposition'), 'attachment; filename="profile"');
    assert.equal(await response.text(), 'cpu');
    assert.equal(asked.at(-1), 4);
  });

  test('takes 30 seconds, as Go does, when no duration is given or none that makes sense', async () => {
    for (const query of ['', '?seconds=0', '?seconds=-1', '?seconds=soon'])
      await get(`/debug/pprof/profile${query}`);
    assert.deepEqual(asked.slice(-4), [30, 30, 30, 30]);
  });

  test('serves what is in use, under the name of what was allocated too', async () => {
    assert.equal(await (await get('/debug/pprof/heap')).text(), 'heap');
    assert.equal(await (await get('/debug/pprof/allocs')).text(), 'heap');
  });

  test('lists what there is', async () => {
    const text = await (await get('/debug/pprof/')).text();
    assert.match(text, /^profile\?seconds=30 {2}CPU/);
    assert.match(text, /^goroutine: none/m);
  });

  test('refuses what it cannot do with the statuses and texts of Go', async () => {
    for (const path of ['goroutine', 'mutex', 'constructor', 'x/y']) {
      const response = await get(`/debug/pprof/${path}`);
      assert.equal(response.status, 404);
      assert.match(await response.text(), /^Unknown profile(: this program has no (goroutines|mutexes))?\n$/);
      assert.equal(response.headers.get('x-go-pprof'), '1');
    }
    assert.equal((await get('/debug/pprof/allocs?seconds=3')).status, 400);
    assert.equal((await get('/debug/pprof/profile?seconds=99999999')).status, 400);
  });

  test('says that another CPU profile is being taken', async () => {
    busy = true;
    const response = await get('/debug/pprof/profile?seconds=1');
    busy = false;
    assert.equal(response.status, 500);
    assert.equal(await response.text(), 'Could not enable CPU profiling: cpu profiling already in use\n');
  });

  test('leaves other paths to others', async () => {
    assert.equal((await get('/search')).status, 418);
  });
});
