import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { pino } from 'pino';
import { type ServedRuntime, startServer } from './index.ts';

async function served(t: TestContext, pprof: boolean) {
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    runtime: {} as ServedRuntime,
    logger: pino({ level: 'silent' }),
    nodeName: '',
    readFile: () => assert.fail('no file is to be read'),
    pprof,
  });
  t.after(() => server.close());
  return server;
}

test('the process gives profiles of itself, one CPU profile at a time', async (t) => {
  const { url } = await served(t, true);
  const both = await Promise.all([1, 2].map(() => fetch(`${url}/debug/pprof/profile?seconds=0.2`)));
  assert.deepEqual(both.map((one) => one.status).toSorted(), [200, 500]);
  const texts = await Promise.all(both.map((one) => one.bytes()));
  const refused = texts[both.findIndex((one) => one.status === 500)] ?? new Uint8Array();
  assert.match(Buffer.from(refused).toString(), /cpu profiling already in use/);
  const heap = await fetch(`${url}/debug/pprof/heap`);
  assert.match(gunzipSync(await heap.bytes()).toString('latin1'), /inuse_space/);
  assert.equal((await fetch(`${url}/debug/pprof/goroutine`)).status, 404);
  assert.match(await (await fetch(`${url}/debug/pprof`)).text(), /profile\?seconds=30/);
});

test('closing does not wait for a long profile', async (t) => {
  const server = await served(t, true);
  const asked = fetch(`${server.url}/debug/pprof/profile?seconds=60`, { headers: { connection: 'close' } });
  // It is being taken once another is refused.
  for (;;) {
    const other = await fetch(`${server.url}/debug/pprof/profile?seconds=0.01`);
    await other.bytes();
    if (other.status === 500) break;
  }
  await server.close();
  assert.equal((await asked).status, 200);
});

test('profiles can be switched off', async (t) => {
  const { url } = await served(t, false);
  assert.equal((await fetch(`${url}/debug/pprof/heap`)).status, 404);
});
