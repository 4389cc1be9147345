import type { Component, ComponentContext } from '@pewter/runtime';
import { compileRule, relabel } from './relabel/relabel.ts';
import type { RelabelArguments, RelabelExports } from './relabel.ts';

/** Builds `discovery.relabel`; see its definition. */
export function build(
  context: ComponentContext<RelabelExports>,
  args: RelabelArguments,
): Component<RelabelArguments> {
  const update = (current: RelabelArguments) => {
    const rules = current.rule.map(compileRule);
    const output = current.targets.flatMap((target) => relabel(rules, target) ?? []);
    context.setExports({ output, rules });
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
