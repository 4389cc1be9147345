import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Capsule } from '@pewter/language';
import { testContext } from '@pewter/testkit';
import { argumentsFrom } from './decode.test-help.ts';
import { type RelabelRules, relabelRulesKind } from './relabel/relabel.ts';
import { relabelArguments } from './relabel.ts';
import { build } from './relabel-component.ts';
import { Target } from './target.ts';
import { targetKind } from './target-kind.ts';

interface Exports {
  readonly output: readonly Target[];
  readonly rules: RelabelRules;
}

function args(rules: string, targets: readonly Target[]) {
  const variables = { given: targets.map((target) => new Capsule(targetKind, target)) };
  return argumentsFrom(`targets = given\n${rules}`, relabelArguments, variables);
}

const drop = (name: string) => `rule {\n source_labels = ["${name}"]\n regex = ".+"\n action = "drop"\n}\n`;
const [a, b] = [Target.of({ a: '1' }), Target.of({ b: '1' })];

test('what is exported while it is built are the targets that the rules keep, and the rules', () => {
  const context = testContext<Exports>();
  build(context, args(drop('a'), [a, b]));
  assert.deepEqual(context.exported.at(-1)?.output, [b]);
  assert.equal(context.exported.at(-1)?.rules.length, 1);
});

test('an update takes new targets and new rules at once', () => {
  const context = testContext<Exports>();
  const component = build(context, args(drop('a'), [a]));
  component.update(args(drop('a'), [a, b]));
  assert.deepEqual(context.exported.at(-1)?.output, [b]);
  component.update(args(drop('b'), [a, b]));
  assert.deepEqual(context.exported.at(-1)?.output, [a]);
});

test('an update that changes nothing exports rules that are equal to the old', () => {
  const context = testContext<Exports>();
  const component = build(context, args(drop('a'), [a]));
  component.update(args(drop('a'), [a]));
  const [first, second] = context.exported;
  assert.ok(first && second && relabelRulesKind.equals(first.rules, second.rules));
});

test('it runs until it is told to end', async () => {
  const component = build(testContext<Exports>(), args('', []));
  const controller = new AbortController();
  const running = component.run(controller.signal);
  controller.abort();
  await running;
});
