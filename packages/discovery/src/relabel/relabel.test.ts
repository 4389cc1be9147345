import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { recordings, unhex } from '../reference.fixture.ts';
import { Target } from '../target.ts';
import { compilePattern } from './pattern.ts';
import { compileRule, explain, relabel } from './relabel.ts';
import { type RelabelAction, type RelabelRuleArguments, relabelRuleBody } from './rule-schema.ts';

type Written = Readonly<Record<string, unknown>>;

interface Case {
  readonly name: string;
  readonly enc?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly Written[];
  readonly result: Readonly<Record<string, string>> | null;
  readonly dropped: boolean;
  readonly error?: string;
  readonly outcomes?: readonly (Readonly<Record<string, string>> | null)[];
}

const defaults = { separator: ';', regex: '(.*)', target_label: '', replacement: '$1', action: 'replace' };

function ruleFrom(written: Written, text: (value: string) => string): RelabelRuleArguments {
  const decoded = Object.entries(written).map(([name, value]) => {
    if (name === 'source_labels') return [name, (value as readonly string[]).map(text)];
    return [name, typeof value === 'string' && name !== 'action' ? text(value) : value];
  });
  const all = { source_labels: undefined, ...defaults, ...Object.fromEntries(decoded) };
  const { action } = relabelRuleBody.fields;
  assert.ok(action?.kind === 'attribute' && typeof action.type === 'object' && 'text' in action.type);
  return {
    ...all,
    action: action.type.text.parse(all.action) as RelabelAction,
    regex: compilePattern(all.regex),
    modulus: modulusFrom(written.modulus ?? 0),
  };
}

/** What the decoder makes of the literal. */
function modulusFrom(literal: unknown): bigint {
  const text = String(literal);
  if (/^-?\d+$/.test(text) && BigInt(text) < 1n << 64n) return BigInt.asUintN(64, BigInt(text));
  const number = Math.trunc(Number(text));
  return number >= 2 ** 64 ? 1n << 63n : BigInt(number);
}

/** Cases that do not hold, and why. The list may only shrink. */
const unicode = 'U+A7CB has its lower case since Unicode 16, which Node knows and the reference does not';
const knownDifferences: ReadonlyMap<string, string> = new Map([
  ['lowercase-latin-ext', unicode],
  ['uppercase-latin-ext', unicode],
]);

describe('relabelling does what the reference does', () => {
  const cases = recordings<Case>('relabel/cases.jsonl');
  test('recordings are there', {
    skip: cases.length === 0 && 'no reference data beside the checkout',
  }, () => {
    assert.ok(cases.length > 0);
  });
  for (const golden of cases) {
    const todo = knownDifferences.get(golden.name);
    test(golden.name, todo === undefined ? {} : { todo }, () => check(golden));
  }
});

function check(golden: Case): void {
  const text = golden.enc === 'hex' ? unhex : (value: string) => value;
  const record = (labels: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(labels).map(([name, value]) => [text(name), text(value)]));
  const run = () => {
    const rules = golden.rules.map((written) => compileRule(ruleFrom(written, text)));
    return relabel(rules, Target.of(record(golden.labels)));
  };
  if (golden.error !== undefined) {
    assert.throws(run);
    return;
  }
  const result = run();
  const labels = result === undefined ? null : Object.fromEntries(result);
  if (golden.outcomes === undefined) {
    assert.deepEqual(labels, golden.result === null ? null : record(golden.result));
  } else {
    const expected = golden.outcomes.map((outcome) =>
      JSON.stringify(outcome && Object.entries(record(outcome)).sort()),
    );
    assert.ok(
      expected.includes(JSON.stringify(labels && Object.entries(labels).sort())),
      JSON.stringify(labels),
    );
  }
}

test('an explanation shows each step and the rule that dropped the target', () => {
  const rule = (written: Written) => compileRule(ruleFrom(written, (value) => value));
  const steps = explain(
    [
      rule({ target_label: 'env', replacement: 'prod' }),
      rule({ source_labels: ['env'], regex: 'prod', action: 'drop' }),
      rule({ target_label: 'never', replacement: 'x' }),
    ],
    Target.of({ a: '1' }),
  );
  assert.equal(steps.length, 2);
  assert.deepEqual(
    steps[0]?.after,
    new Map([
      ['a', '1'],
      ['env', 'prod'],
    ]),
  );
  assert.equal(steps[1]?.after, undefined);
});

test('a target that the rules leave alone stays the same object', () => {
  const target = Target.of({ a: '1' });
  assert.equal(
    relabel([compileRule(ruleFrom({ regex: 'b', action: 'labeldrop' }, (value) => value))], target),
    target,
  );
});
