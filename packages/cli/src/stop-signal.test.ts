import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestHost } from './host.test-help.ts';
import { aborted, stopSignal } from './stop-signal.ts';

test('the first signal asks to stop, the second ends the process', async () => {
  const host = new TestHost();
  const stop = stopSignal(host);
  host.send('SIGTERM');
  await aborted(stop.signal);
  assert.deepEqual(host.exits, []);
  host.send('SIGINT');
  assert.deepEqual(host.exits, [1]);
});

test('released signals are the process’s own again', () => {
  const host = new TestHost();
  stopSignal(host).release();
  assert.equal(host.listening, 0);
});
