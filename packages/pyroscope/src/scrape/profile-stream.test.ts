import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fixture } from '../reference.test-help.ts';
import { createProfileStream, type ProfileStream } from './profile-stream.ts';
import { builtinTypes } from './profile-types.ts';
import { buildTargets, type ScrapeTarget } from './scrape-target.ts';

function memoryTarget(): ScrapeTarget {
  const types = builtinTypes.map((type) => ({ ...type, enabled: type.block === 'memory' }));
  const settings = {
    jobName: '',
    scheme: 'http',
    pathPrefix: '',
    params: new Map(),
    deltaSeconds: 9,
    types,
  };
  const [built] = buildTargets(Object.entries({ __address__: 'h:1', service_name: 's' }), settings).targets;
  assert.ok(built);
  return built;
}

/** Hands a profile on and forgets it; what is left is a way to see whether anybody still holds it. */
async function handOn(stream: ProfileStream, target: ScrapeTarget, name: string): Promise<WeakRef<object>> {
  const taken = await stream.take(target, fixture(name));
  assert.ok('profile' in taken && taken.profile);
  return new WeakRef(taken.profile.bytes);
}

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
}

describe('the profiles of one target', () => {
  test('are not kept once they were handed on', async () => {
    const target = memoryTarget();
    const stream = createProfileStream(target);
    await stream.take(target, fixture('go-allocs-1'));
    const first = await handOn(stream, target, 'go-allocs-2');
    const second = await handOn(stream, target, 'go-allocs-3');
    await collectGarbage();
    assert.deepEqual([first.deref(), second.deref()], [undefined, undefined]);
    assert.ok(stream);
  });

  test('carry the labels of their target, and follow them where they change', async () => {
    const target = memoryTarget();
    const stream = createProfileStream(target);
    await stream.take(target, fixture('go-allocs-1'));
    const pushLabels = [{ name: 'service_name', value: 'renamed' }];
    const [before, after] = [
      await stream.take(target, fixture('go-allocs-2')),
      await stream.take({ ...target, pushLabels }, fixture('go-allocs-3')),
    ];
    assert.ok('profile' in before && before.profile && 'profile' in after && after.profile);
    assert.ok(before.profile.labels.some(({ value }) => value === 's'));
    assert.deepEqual(after.profile.labels, [{ name: '__delta__', value: 'false' }, ...pushLabels]);
  });
});
