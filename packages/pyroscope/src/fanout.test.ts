import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settle, VirtualClock } from '@pewter/testkit';
import { Registry } from 'prom-client';
import { createFanout, createFanoutMetrics } from './fanout.ts';
import { delivered, type Profile, type ProfilesReceiver } from './profiles-receiver.ts';

const profile: Profile = { labels: [], bytes: new Uint8Array(1), id: '' };

function recorder(): ProfilesReceiver & { got: Profile[] } {
  const got: Profile[] = [];
  return {
    got,
    async append(given) {
      got.push(given);
      return delivered;
    },
  };
}

function fanout(...receivers: ProfilesReceiver[]) {
  return createFanout(() => receivers, createFanoutMetrics(new Registry()), new VirtualClock());
}

describe('a fan-out', () => {
  test('gives the same object to all, at once, although one never ends', async () => {
    const good = recorder();
    void fanout({ append: () => new Promise(() => {}) }, good).append(profile);
    await settle();
    assert.equal(good.got[0], profile);
  });

  test('survives receivers that throw, and tells of the failure', async () => {
    const good = recorder();
    const bad: ProfilesReceiver = {
      append() {
        throw new Error('broken');
      },
    };
    assert.deepEqual(await fanout(bad, good).append(profile), { delivered: false, reason: 'broken' });
    assert.equal(good.got.length, 1);
  });

  test('never rejects, even where its receivers cannot be had', async () => {
    const receivers = () => {
      throw new Error('a bug');
    };
    const broken = createFanout(receivers, createFanoutMetrics(new Registry()), new VirtualClock());
    assert.deepEqual(await broken.append(profile), { delivered: false, reason: 'a bug' });
  });

  test('delivers to nobody with success', async () => {
    assert.deepEqual(await fanout().append(profile), delivered);
  });
});
