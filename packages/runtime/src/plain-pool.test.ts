import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { errors } from 'undici';
import { PlainPool } from './plain-pool.ts';

/** A server that answers as told and knows its connections, and a pool of so many connections to it. */
async function serve(t: TestContext, connections: number, listener: RequestListener) {
  const server = createServer(listener);
  const sockets = new Set<unknown>();
  server.on('connection', (socket) => sockets.add(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const pool = new PlainPool(`http://127.0.0.1:${port}`, { connections });
  t.after(async () => {
    await pool.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { server, sockets, pool, port };
}

async function get(pool: PlainPool, path = '/', headers: Record<string, string> = {}): Promise<string> {
  const { body } = await pool.request({ method: 'GET', path, headers });
  return await body.text();
}

const echo: RequestListener = (request, response) => void response.end(request.url);

/** Keeps what is asked without an answer; calls back where more has come. */
function holding() {
  const held: ServerResponse[] = [];
  const paths: string[] = [];
  let came = () => {};
  const listener: RequestListener = (request, response) => {
    paths.push(request.url ?? '');
    held.push(response);
    came();
  };
  const until = async (count: number) => {
    while (paths.length < count) await new Promise<void>((resolve) => (came = resolve));
  };
  return { held, paths, listener, until };
}

describe('a pool of plain connections', () => {
  test('sends one request after another over the same connection', async (t) => {
    const { pool, sockets } = await serve(t, 10, echo);
    for (const path of ['/a', '/b', '/c']) {
      assert.equal(await get(pool, path), path);
      // A connection is free a moment after its answer has come.
      await setImmediate();
    }
    assert.equal(sockets.size, 1);
  });

  test('has a connection for each request under way, up to its bound; more wait for their turn', async (t) => {
    const { held, paths, listener, until } = holding();
    const { pool, sockets } = await serve(t, 2, listener);
    const all = ['/1', '/2', '/3', '/4'].map((path) => get(pool, path));
    await until(2);
    assert.equal(sockets.size, 2);
    held.shift()?.end('first');
    assert.equal(await all[0], 'first');
    await until(3);
    assert.deepEqual(paths.slice(2), ['/3']);
    for (const response of held.splice(0)) response.end('next');
    await until(4);
    held.shift()?.end('last');
    assert.deepEqual(await Promise.all(all), ['first', 'next', 'next', 'last']);
    assert.equal(sockets.size, 2);
  });

  test('makes a connection anew when the server has ended it', async (t) => {
    const { pool, server, sockets } = await serve(t, 10, echo);
    await get(pool);
    const gone = once(pool, 'disconnect');
    server.closeAllConnections();
    await gone;
    assert.equal(await get(pool, '/again'), '/again');
    assert.equal(sockets.size, 2);
  });

  test('gives what waits a connection of its own when one breaks under a request', async (t) => {
    const { pool } = await serve(t, 1, (request, response) => {
      if (request.url === '/broken') request.socket.destroy();
      else response.end(request.url);
    });
    const [broken, next] = await Promise.allSettled([get(pool, '/broken'), get(pool, '/next')]);
    assert.equal(broken.status, 'rejected');
    assert.deepEqual(next, { status: 'fulfilled', value: '/next' });
  });

  test('fails what cannot be sent, and nothing else', async (t) => {
    const { pool, sockets } = await serve(t, 1, echo);
    const [refused, sent] = await Promise.allSettled([
      get(pool, '/', { 'bad header': 'x' }),
      get(pool, '/sent'),
    ]);
    assert.equal(refused.status, 'rejected');
    assert.deepEqual(sent, { status: 'fulfilled', value: '/sent' });
    assert.equal(sockets.size, 1);
  });

  test('goes on after a request that cannot be sent and whose handler takes no errors', async (t) => {
    const { pool } = await serve(t, 1, echo);
    assert.throws(() => pool.dispatch({ method: 'GET', path: 'bad path' }, {}), errors.InvalidArgumentError);
    assert.equal(await get(pool, '/next'), '/next');
  });

  test('is gone again where nothing that it was given could be sent', async (t) => {
    const { pool } = await serve(t, 1, echo);
    const gone = once(pool, 'disconnect');
    await assert.rejects(get(pool, '/', { 'bad header': 'x' }));
    await gone;
  });

  test('comes through any number of requests that cannot be sent', async (t) => {
    const { held, listener, until } = holding();
    const { pool } = await serve(t, 1, listener);
    const first = get(pool, '/first');
    await until(1);
    const refused = Array.from({ length: 20_000 }, () => get(pool, '/', { 'bad header': 'x' }));
    held.shift()?.end('first');
    assert.equal(await first, 'first');
    const outcomes = await Promise.allSettled(refused);
    assert.ok(outcomes.every(({ status }) => status === 'rejected'));
  });

  test('keeps its bound while a lost connection has a request that must connect anew', async (t) => {
    const { held, listener, until, paths } = holding();
    const { pool, server } = await serve(t, 1, listener);
    const first = get(pool, '/first');
    await until(1);
    held.shift()?.end('first');
    await first;
    await setImmediate();
    server.closeAllConnections();
    const all = ['/1', '/2', '/3'].map((path) => get(pool, path));
    for (let answered = 1; answered <= all.length; answered++) {
      await until(1 + answered);
      assert.equal(held.length, 1, paths.join(' '));
      held.shift()?.end('done');
    }
    const outcomes = await Promise.allSettled(all);
    assert.ok(
      outcomes.every(({ status }) => status === 'fulfilled'),
      JSON.stringify(outcomes),
    );
  });

  test('fails each request where nothing listens, and finds the server when it is back', async (t) => {
    const { pool, server, port } = await serve(t, 1, echo);
    await new Promise((closed) => server.close(closed));
    const results = await Promise.allSettled([get(pool), get(pool), get(pool)]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    );
    await once(server.listen(port, '127.0.0.1'), 'listening');
    assert.equal(await get(pool, '/back'), '/back');
  });

  test('closes after the requests that there are, those that wait as well', async (t) => {
    const { held, listener, until } = holding();
    const { pool } = await serve(t, 1, listener);
    const all = [get(pool, '/1'), get(pool, '/2')];
    await until(1);
    const closed = [pool.close(), pool.close()];
    assert.throws(() => pool.dispatch({ method: 'GET', path: '/' }, {}), errors.ClientClosedError);
    held.shift()?.end('one');
    await until(2);
    held.shift()?.end('two');
    assert.deepEqual(await Promise.all(all), ['one', 'two']);
    await Promise.all(closed);
  });

  test('fails all requests when it is destroyed', async (t) => {
    const { listener, until } = holding();
    const { pool } = await serve(t, 1, listener);
    const all = Promise.allSettled([get(pool, '/1'), get(pool, '/2'), get(pool, '/3')]);
    await until(1);
    await pool.destroy(new Error('enough'));
    const reasons = (await all).map((result) => result.status === 'rejected' && result.reason.message);
    assert.deepEqual(reasons, ['enough', 'enough', 'enough']);
  });

  test('tells when its last connection is gone, and not before', async (t) => {
    const { held, listener, until } = holding();
    const { pool, server } = await serve(t, 2, listener);
    let told = 0;
    pool.on('disconnect', () => void told++);
    const all = [get(pool, '/1'), get(pool, '/2')];
    await until(2);
    const [one, two] = held;
    one?.setHeader('connection', 'close').end('one');
    await all[0];
    two?.end('two');
    await all[1];
    assert.equal(told, 0);
    const gone = once(pool, 'disconnect');
    server.closeAllConnections();
    await gone;
    assert.equal(told, 1);
  });
});
