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

test('one press of Ctrl-C that arrives several times asks once, a second press ends the process', () => {
  const host = new TestHost();
  let now = 0;
  const stop = stopSignal(host, () => now);
  for (const at of [0, 5, 40]) {
    now = at;
    host.send('SIGINT');
  }
  assert.equal(stop.signal.aborted, true);
  assert.deepEqual(host.exits, []);
  now = 1000;
  host.send('SIGINT');
  assert.deepEqual(host.exits, [1]);
});

test('a termination is never taken for an echo', () => {
  const host = new TestHost();
  stopSignal(host, () => 0);
  host.send('SIGINT');
  host.send('SIGTERM');
  assert.deepEqual(host.exits, [1]);
});

test('an interrupt that arrives again after the stop does not end the process by a signal', () => {
  const host = new TestHost();
  const stop = stopSignal(host, () => 0);
  host.send('SIGINT');
  stop.release();
  assert.equal(host.listening, 1);
  host.send('SIGINT');
  assert.deepEqual(host.exits, []);
});

test('released signals are the process’s own again', () => {
  const host = new TestHost();
  stopSignal(host).release();
  assert.equal(host.listening, 0);
});
