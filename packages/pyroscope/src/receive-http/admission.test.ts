import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerAnswer, ServerRequest } from '@pewter/runtime';
import { admitting } from './admission.ts';

const request = (length: number): ServerRequest => ({
  method: 'POST',
  url: '/ingest',
  client: '127.0.0.1',
  headers: new Headers({ 'content-length': String(length) }),
  body: (async function* () {})(),
  signal: new AbortController().signal,
});

test('requests are refused while too many bytes wait, and taken again once there is room', async () => {
  const answer = (status: number): ServerAnswer => ({ status, headers: {}, body: '' });
  const done = Promise.withResolvers<ServerAnswer>();
  const handler = admitting(
    () => done.promise,
    () => answer(503),
    100,
  );
  const first = handler(request(60));
  assert.equal((await handler(request(60))).status, 503);
  const second = handler(request(40));
  done.resolve(answer(200));
  assert.deepEqual([(await first).status, (await second).status], [200, 200]);
  assert.equal((await handler(request(60))).status, 200);
});

test('a request that is larger than all the room is taken when nothing else waits', async () => {
  const handler = admitting(
    async () => ({ status: 200, headers: {}, body: '' }),
    () => ({ status: 503, headers: {}, body: '' }),
    10,
  );
  assert.equal((await handler(request(60))).status, 200);
});
