import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Target } from '@pewter/discovery';
import { testContext } from '@pewter/testkit';
import { sortedLabels } from '../labels.ts';
import { delivered, type Profile } from '../profiles-receiver.ts';
import type { EnrichArguments, EnrichExports } from './arguments.ts';
import { build } from './component.ts';

type Labels = Readonly<Record<string, string>>;

/** The labels that a profile has after the component. */
function enriching(more: Partial<EnrichArguments>, ...targets: readonly Labels[]) {
  const context = testContext<EnrichExports>();
  const forwarded: Profile[] = [];
  const append = (one: Profile) => {
    forwarded.push(one);
    return Promise.resolve(delivered);
  };
  const args = (given: readonly Labels[]): EnrichArguments => ({
    targets: given.map((labels) => new Target(new Map(Object.entries(labels)))),
    target_match_label: 'ip',
    profiles_match_label: '',
    labels_to_copy: undefined,
    forward_to: [{ append }],
    ...more,
  });
  const component = build(context, args(targets));
  const labelsOf = async (labels: Labels) => {
    const profile = { labels: sortedLabels(Object.entries(labels)), bytes: new Uint8Array(), id: '' };
    await context.exported[0]?.receiver.append(profile);
    return Object.fromEntries((forwarded.at(-1)?.labels ?? []).map(({ name, value }) => [name, value]));
  };
  return { labelsOf, update: (...given: readonly Labels[]) => component.update(args(given)) };
}

describe('pyroscope.enrich', () => {
  test('adds all labels of the target that matches, over those of the profile', async () => {
    const { labelsOf } = enriching({}, { ip: '1', pod: 'a', x: 'new' }, { ip: '2', pod: 'b' });
    assert.deepEqual(await labelsOf({ ip: '1', x: 'old' }), { ip: '1', pod: 'a', x: 'new' });
  });

  test('adds only labels_to_copy where they are given', async () => {
    const { labelsOf } = enriching({ labels_to_copy: ['pod', 'none'] }, { ip: '1', pod: 'a', x: 'y' });
    assert.deepEqual(await labelsOf({ ip: '1' }), { ip: '1', pod: 'a' });
  });

  test('matches by another label of the profile where profiles_match_label says so', async () => {
    const { labelsOf } = enriching(
      { profiles_match_label: 'host', labels_to_copy: ['pod'] },
      { ip: '1', pod: 'a' },
    );
    assert.deepEqual(await labelsOf({ host: '1' }), { host: '1', pod: 'a' });
  });

  test('gives a profile on as it is where nothing matches', async () => {
    const { labelsOf } = enriching({}, { ip: '1', pod: 'a' }, { pod: 'without' });
    assert.deepEqual(await labelsOf({ ip: '9' }), { ip: '9' });
    assert.deepEqual(await labelsOf({ a: 'b' }), { a: 'b' });
  });

  test('follows its targets', async () => {
    const { labelsOf, update } = enriching({}, { ip: '1', pod: 'a' });
    update({ ip: '1', pod: 'b' });
    assert.deepEqual(await labelsOf({ ip: '1' }), { ip: '1', pod: 'b' });
  });
});
