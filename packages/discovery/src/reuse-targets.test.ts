import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reuseTargets } from './reuse-targets.ts';
import { Target } from './target.ts';

const target = (address: string, version = '') => Target.of({ __address__: address, version });

test('the same targets once more are the list of before', () => {
  const before = [target('a'), target('b')];
  assert.equal(reuseTargets([target('a'), target('b')], before), before);
});

test('what has not changed is the same object, wherever it stands', () => {
  const before = [target('a'), target('b'), target('c')];
  const found = [target('new'), target('a'), target('b', 'changed'), target('c')];
  const targets = reuseTargets(found, before);
  assert.deepEqual(
    targets.map((one) => before.indexOf(one)),
    [-1, 0, -1, 2],
  );
  assert.deepEqual(targets.map(String), found.map(String));
});

test('fewer targets are another list', () => {
  const before = [target('a'), target('b')];
  const targets = reuseTargets([target('a')], before);
  assert.equal(targets.length, 1);
  assert.equal(targets[0], before[0]);
});

test('one address may have several targets', () => {
  const before = [target('a', '1'), target('a', '2')];
  const targets = reuseTargets([target('a', '2'), target('a', '1')], before);
  assert.deepEqual(targets, [before[1], before[0]]);
});
