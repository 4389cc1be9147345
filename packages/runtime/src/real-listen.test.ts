import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { ListenOptions, ServerHandler } from './outside.ts';
import { realListen } from './real-listen.ts';

const options: ListenOptions = {
  host: '127.0.0.1',
  port: 0,
  maxConnections: 0,
  readTimeoutMs: 30_000,
  idleTimeoutMs: 30_000,
};

async function listening(t: TestContext, handler: ServerHandler) {
  const listener = await realListen(options, handler);
  t.after(() => listener.close(AbortSignal.abort()));
  return listener;
}

describe('the real listener', () => {
  test('gives a request to its handler, and the answer back', async (t) => {
    const { address } = await listening(t, async ({ method, url, headers, body }) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      const text = `${method} ${url} ${headers.get('x-a')} ${Buffer.concat(chunks)}`;
      return { status: 201, headers: { 'x-b': '2' }, body: text };
    });
    const request = { method: 'POST', headers: { 'x-a': '1' }, body: 'hello' };
    const answer = await fetch(`http://${address}/path?q=1`, request);
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.get('x-b'), '2');
    assert.equal(await answer.text(), 'POST /path?q=1 1 hello');
  });

  test('answers 500 where the handler rejects', async (t) => {
    const { address } = await listening(t, () => Promise.reject(new Error('broken')));
    assert.equal((await fetch(`http://${address}/`)).status, 500);
  });

  test('rejects with the code of Node where the port is taken', async (t) => {
    const { address } = await listening(t, () => Promise.reject(new Error('never asked')));
    const port = Number(address.split(':')[1]);
    await assert.rejects(
      realListen({ ...options, port }, () => Promise.reject(new Error('never asked'))),
      { code: 'EADDRINUSE' },
    );
  });

  test('finishes what is under way when it closes, and cuts it when the signal aborts', async () => {
    const asked = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const listener = await realListen(options, async () => {
      asked.resolve();
      await end.promise;
      return { status: 200, headers: {}, body: 'done' };
    });
    const answer = fetch(`http://${listener.address}/`, { headers: { connection: 'close' } });
    await asked.promise;
    const closed = listener.close(new AbortController().signal);
    end.resolve();
    assert.equal(await (await answer).text(), 'done');
    await closed;
  });

  test('cuts what is under way when the signal aborts', async () => {
    const asked = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    const listener = await realListen(options, async ({ signal }) => {
      signal.addEventListener('abort', () => left.resolve(), { once: true });
      asked.resolve();
      await left.promise;
      return { status: 200, headers: {}, body: '' };
    });
    const answer = assert.rejects(fetch(`http://${listener.address}/`));
    await asked.promise;
    await listener.close(AbortSignal.abort());
    await answer;
    await left.promise;
  });
});
