import { blocks, body, capsule, type Infer, list, required } from '@pewter/language';
import { defineComponent } from '@pewter/runtime';
import { compileRule, relabel, relabelRulesKind } from './relabel/relabel.ts';
import { relabelRuleBody } from './relabel/rule-schema.ts';
import { targetKind } from './target-kind.ts';

const relabelArguments = body({
  targets: required(list(capsule(targetKind))),
  rule: blocks(relabelRuleBody),
});

const relabelExports = body({
  output: required(list(capsule(targetKind))),
  rules: required(capsule(relabelRulesKind)),
});

/** `discovery.relabel`: targets with rules applied, and the rules themselves for others to use. */
export const relabelDiscovery = defineComponent({
  name: 'discovery.relabel',
  stability: 'generally-available',
  arguments: relabelArguments,
  exports: relabelExports,
  build(context, args) {
    const update = (current: Infer<typeof relabelArguments>) => {
      const rules = current.rule.map(compileRule);
      const output = current.targets.flatMap((target) => relabel(rules, target) ?? []);
      context.setExports({ output, rules });
    };
    update(args);
    return { update, run: untilAborted };
  },
});

function untilAborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
