import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { blocks, body, quote } from '@pewter/language';
import { decodeText } from '../decode.test-help.ts';
import { recordings, unhex } from '../reference.fixture.ts';
import { Target } from '../target.ts';
import { compileRule, explain, relabel, relabelLabels, relabelRulesKind } from './relabel.ts';
import { relabelRuleBody } from './rule-schema.ts';

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

/** The rules as a user writes them. */
function configOf(rules: readonly Written[], text: (value: string) => string): string {
  const literal = (name: string, value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map((one) => quote(text(String(one)))).join(', ')}]`;
    if (name === 'modulus') return String(value);
    return quote(name === 'action' ? String(value) : text(String(value)));
  };
  return rules
    .map((rule) => {
      const lines = Object.entries(rule).map(([name, value]) => `\t${name} = ${literal(name, value)}\n`);
      return `rule {\n${lines.join('')}}\n`;
    })
    .join('');
}

const schema = body({ rule: blocks(relabelRuleBody) });

/** What a config with these rules decodes to; throws the first diagnostic. */
function rulesFrom(written: readonly Written[], text: (value: string) => string = (value) => value) {
  const { value, diagnostics } = decodeText(configOf(written, text), schema);
  if (value === undefined) throw new Error(diagnostics[0]?.message);
  return value.rule.map(compileRule);
}

/**
 * Where the answer differs on purpose: U+0264 and U+A7CB are each other's case since Unicode 16, which Node knows and
 * the reference, built with older tables, does not.
 */
const newerUnicode: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['lowercase-latin-ext', ['\ua7cb', '\u0264']],
  ['uppercase-latin-ext', ['\u0264', '\ua7cb']],
]);

describe('relabelling does what the reference does', () => {
  const cases = recordings<Case>('relabel/cases.jsonl');
  test('recordings are there', {
    skip: cases.length === 0 && 'no reference data beside the checkout',
  }, () => {
    assert.ok(cases.length > 0);
  });
  for (const golden of cases) {
    test(golden.name, () => check(golden));
  }
});

function check(golden: Case): void {
  const text = golden.enc === 'hex' ? unhex : (value: string) => value;
  const record = (labels: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(labels).map(([name, value]) => [text(name), text(value)]));
  const run = () => relabel(rulesFrom(golden.rules, text), Target.of(record(golden.labels)));
  const { error } = golden;
  if (error !== undefined) {
    assert.throws(run, ({ message }: Error) => saysTheSame(message, error));
    return;
  }
  const result = run();
  const labels = result === undefined ? null : Object.fromEntries(result);
  const newer = newerUnicode.get(golden.name);
  if (newer !== undefined) {
    assert.equal(labels?.out, golden.result?.out?.replaceAll(...newer));
    assert.notEqual(labels?.out, golden.result?.out);
    return;
  }
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

/** Whether a message is about the same thing as the reference's: the same action and arguments, the same fault. */
function saysTheSame(ours: string, theirs: string): boolean {
  const regexp = /error parsing regexp: ([^:]+)/.exec(theirs)?.[1];
  if (regexp !== undefined) {
    assert.match(ours, /is no valid regular expression: /);
    // The reference wraps the pattern in a group, whose end a backslash hides from it; here it is told by itself.
    const told = ours.endsWith('trailing backslash at end of expression') ? 'missing closing )' : ours;
    assert.ok(told.includes(regexp), `${ours} does not say: ${regexp}`);
    return true;
  }
  if (theirs.includes('unrecognized action')) {
    assert.match(ours, /is no action of a relabel rule/);
    return true;
  }
  const action = /(\w+) action|for (\w+) requires/.exec(theirs)?.slice(1).find(Boolean) ?? '';
  const fields = [...theirs.matchAll(/'(\w+)'|non-zero (modulus)/g)].map(
    ([, quoted, bare]) => quoted ?? bare,
  );
  for (const word of [action, ...fields]) assert.ok(ours.includes(`\`${word}\``), `${ours} says no ${word}`);
  return true;
}

test('an explanation shows each step and the rule that dropped the target', () => {
  const steps = explain(
    rulesFrom([
      { target_label: 'env', replacement: 'prod' },
      { source_labels: ['env'], regex: 'prod', action: 'drop' },
      { target_label: 'never', replacement: 'x' },
    ]),
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

const mapAll = { regex: '(?P<from>.+)', replacement: 'to', action: 'labelmap' };

for (const [what, rules, own, group, to] of [
  ['the last by name', [mapAll], { b: '2', a: '1' }, {}, '2'],
  ['any other before the label of that name', [mapAll], { to: '0', a: '1' }, {}, '1'],
  ['the group’s before the target’s own', [mapAll], { b: '2' }, { a: '1' }, '1'],
  [
    'what the target had before what a rule has set',
    [{ target_label: 'z', replacement: '3' }, mapAll],
    { a: '1' },
    {},
    '1',
  ],
] as const) {
  test(`of labels that labelmap leads to one name counts ${what}`, () => {
    const target = new Target(new Map(Object.entries(own)), new Map(Object.entries(group)));
    assert.equal(relabel(rulesFrom(rules), target)?.get('to'), to);
  });
}

test('labelmap passes over a label that it has set itself meanwhile', () => {
  const chain = rulesFrom([{ regex: '(a|xa)', replacement: 'x$1', action: 'labelmap' }]);
  const result = relabel(chain, new Target(new Map([['a', '1']]), new Map([['xa', '2']])));
  assert.deepEqual(Object.fromEntries(result ?? []), { a: '1', xa: '1' });
});

test('of the labels of a series that labelmap leads to one name counts the one that a rule set last', () => {
  const set = (name: string, value: string) => ({ target_label: name, replacement: value });
  const labels = (rules: readonly Written[]) =>
    relabelLabels(rulesFrom([...rules, mapAll]), [
      ['to', '0'],
      ['a', '1'],
    ])?.get('to');
  assert.equal(labels([]), '0');
  assert.equal(labels([set('z', '3'), set('y', '2')]), '2');
  assert.equal(labels([set('z', '3'), set('y', '2'), set('z', '4')]), '2');
  assert.equal(labels([set('z', '3'), set('y', '2'), set('z', ''), set('z', '4')]), '4');
});

test('a target that the rules leave alone stays the same object', () => {
  const target = Target.of({ a: '1' });
  assert.equal(relabel(rulesFrom([{ regex: 'b', action: 'labeldrop' }]), target), target);
});

test('rules are equal when they are written alike, and only then', () => {
  const written = { source_labels: ['a', 'b'], regex: 'x(.*)', target_label: 'c' };
  const rules = () => rulesFrom([written]);
  assert.ok(relabelRulesKind.equals(rules(), rules()));
  for (const other of [
    [],
    [written, written],
    [{ ...written, regex: 'y(.*)' }],
    [{ ...written, source_labels: ['a'] }],
  ])
    assert.ok(!relabelRulesKind.equals(rules(), rulesFrom(other)));
});

for (const [literal, modulus] of [
  ['-5', 2n ** 64n - 5n],
  ['2.5', 2n],
  ['18446744073709551615', 2n ** 64n - 1n],
  ['18446744073709551616', 2n ** 63n],
] as const) {
  test(`a modulus of ${literal} is ${modulus}`, () => {
    const [rule] = rulesFrom([{ action: 'hashmod', target_label: 'a', modulus: literal }]);
    assert.equal(rule?.arguments.modulus, modulus);
  });
}
