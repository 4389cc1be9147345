import assert from 'node:assert/strict';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
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

  test('speaks HTTP/2 without TLS to who begins with it, on the same port', async (t) => {
    const { address } = await listening(t, async ({ method, url, headers, body }) => {
      const text = Buffer.concat(await Array.fromAsync(body)).toString();
      return {
        status: 200,
        headers: { 'x-b': '2' },
        body: `${method} ${url} ${headers.get('x-a')} ${text.length}`,
      };
    });
    const session = connectHttp2(`http://${address}`);
    t.after(() => session.destroy());
    const stream = session.request({ ':method': 'POST', ':path': '/p?q=1', 'x-a': '1' });
    stream.end('x'.repeat(200_000));
    assert.equal((await buffer(stream)).toString(), 'POST /p?q=1 1 200000');
    assert.equal(await (await fetch(`http://${address}/q`)).text(), 'GET /q null 0');
  });

  test('understands a request that comes byte by byte', async (t) => {
    const { address } = await listening(t, async ({ url }) => ({ status: 200, headers: {}, body: url }));
    const [host = '', port] = address.split(':');
    const socket = connect(Number(port), host);
    for (const byte of 'POST /slow HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n') {
      socket.write(byte);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.match((await buffer(socket)).toString(), /^HTTP\/1\.1 200 OK[\s\S]*\/slow/);
  });

  test('ends sessions of HTTP/2 when it closes', async () => {
    const listener = await realListen(options, async () => ({ status: 200, headers: {}, body: '' }));
    const session = connectHttp2(`http://${listener.address}`);
    const ended = new Promise((resolve) => session.once('close', resolve));
    await buffer(session.request({ ':path': '/' }));
    await listener.close(new AbortController().signal);
    await ended;
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
    // Its connection would stay open for the next request.
    const answer = fetch(`http://${listener.address}/`);
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
