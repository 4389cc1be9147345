import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Health, type HealthState, leastHealthy } from './health.ts';

const health = (state: HealthState, updated: number, message = ''): Health => ({ state, message, updated });

describe('the least healthy', () => {
  test('is the worst state, whenever it was entered', () => {
    const order: readonly HealthState[] = ['healthy', 'unknown', 'unhealthy', 'exited'];
    for (const [at, worse] of order.entries()) {
      for (const better of order.slice(0, at)) {
        assert.equal(leastHealthy(health(better, 9), health(worse, 1)).state, worse);
        assert.equal(leastHealthy(health(worse, 1), health(better, 9)).state, worse);
      }
    }
  });

  test('is the last that was entered among equals, and the first in the list at one time', () => {
    const started = health('healthy', 1, 'started');
    assert.equal(leastHealthy(started, health('healthy', 2, 'evaluated')).message, 'evaluated');
    assert.equal(leastHealthy(health('healthy', 2, 'evaluated'), started).message, 'evaluated');
    assert.equal(leastHealthy(started, health('healthy', 1, 'evaluated')).message, 'started');
  });
});
