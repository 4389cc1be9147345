import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { machineBytes, realUsage } from './real-usage.ts';

describe('what a process has used', () => {
  test('only grows, and is more than nothing', () => {
    const first = realUsage();
    for (const value of [first.cpuSeconds, first.residentBytes, first.started]) assert.ok(value > 0);
    assert.ok(realUsage().cpuSeconds >= first.cpuSeconds);
  });

  test('counts what network devices received and sent, without the loopback', () => {
    const devices = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:     700       7    0    0    0     0          0         0      700       7    0    0    0     0       0          0
  eth0:1000 10 0 0 0 0 0 0 200 2 0 0 0 0 0 0
  eth1: 24 1 0 0 0 0 0 0 5 1 0 0 0 0 0 0
`;
    assert.deepEqual(machineBytes(devices), [1024, 205]);
    assert.deepEqual(machineBytes(''), [0, 0]);
  });
});
