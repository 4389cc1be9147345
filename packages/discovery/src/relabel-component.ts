import type { Component, ComponentContext } from '@pewter/runtime';
import { compileRule, type RelabelRules, relabel, relabelRulesKind } from './relabel/relabel.ts';
import type { RelabelArguments, RelabelExports } from './relabel.ts';
import type { Target } from './target.ts';

/** Builds `discovery.relabel`; see its definition. */
export function build(
  context: ComponentContext<RelabelExports>,
  args: RelabelArguments,
): Component<RelabelArguments> {
  let rules: RelabelRules = [];
  /** What became of each target; a discovery gives those that have not changed as the same objects. */
  let known = new WeakMap<Target, readonly Target[]>();
  const outputOf = (target: Target) => {
    const output = known.get(target) ?? [relabel(rules, target) ?? []].flat();
    known.set(target, output);
    return output;
  };
  const update = (current: RelabelArguments) => {
    const next = current.rule.map(compileRule);
    if (!relabelRulesKind.equals(rules, next)) known = new WeakMap();
    rules = next;
    context.setExports({ output: current.targets.flatMap(outputOf), rules });
  };
  update(args);
  return { update, run: untilAborted };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
