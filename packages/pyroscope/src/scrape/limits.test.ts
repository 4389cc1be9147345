import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Target } from '@pewter/discovery';
import { decodeText, good } from '../decode.test-help.ts';
import { scrapeArguments } from './arguments.ts';
import { buildAllTargets } from './build-all.ts';
import { targetSettings } from './settings.ts';

const decode = (text: string, checking = false) =>
  decodeText(`targets = []\nforward_to = []\n${text}`, scrapeArguments, { checking });

/** Why targets with these labels are not scraped, under these limits. */
function problems(limits: string, ...targets: readonly Record<string, string>[]): readonly string[] {
  const args = good(decode(limits));
  const given = targets.map((labels) => Target.of({ __address__: 'h:1', service_name: 's', ...labels }));
  const { refused } = buildAllTargets(given, targetSettings(args), args.target_limit);
  return [...new Set(refused.map(({ problem }) => problem))];
}

describe('limits', () => {
  test('are off, but for the memory of all bodies', () => {
    const args = good(decode(''));
    assert.deepEqual(
      [args.body_size_limit, args.target_limit, args.total_body_size_limit],
      [0, 0, 256 * 2 ** 20],
    );
    assert.deepEqual(problems('', { a: 'x'.repeat(10_000) }), []);
  });

  test('of a target refuse it alone, with what is over which limit', () => {
    // instance and service_name are labels too.
    assert.deepEqual(problems('label_limit = 2', {}, { a: '1' }), [
      'the target has 3 labels, label_limit is 2',
    ]);
    assert.deepEqual(problems('label_name_length_limit = 12', { averylongname: '1' }), [
      'the label name "averylongname" has 13 bytes, label_name_length_limit is 12',
    ]);
    assert.deepEqual(problems('label_value_length_limit = 4', { a: 'äää' }), [
      'the value of the label "a" has 6 bytes, label_value_length_limit is 4',
    ]);
    assert.deepEqual(
      problems('label_value_length_limit = 4', { __meta_a: 'internal labels do not count' }),
      [],
    );
  });

  test('of the number of targets refuses all when there are more', () => {
    assert.deepEqual(problems('target_limit = 2', {}, { a: '1' }), []);
    assert.deepEqual(problems('target_limit = 2', {}, { a: '1' }, { a: '2' }), [
      '3 targets were found, target_limit is 2: none of them is scraped',
    ]);
  });

  test('below 0 are mistakes', () => {
    assert.deepEqual(
      decode('target_limit = -1\nbody_size_limit = "-1MB"')
        .diagnostics.map(({ code }) => code)
        .sort(),
      ['E0520', 'E0520'],
    );
  });

  test('are warned of where a config is checked, since Alloy has none of them', () => {
    const { diagnostics } = decode('label_limit = 30', true);
    assert.deepEqual(
      diagnostics.map(({ code, severity }) => [code, severity]),
      [['W0512', 'warning']],
    );
  });
});
