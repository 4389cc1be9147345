import type { Diagnostic } from '@pewter/syntax';
import { errorText } from './error-text.ts';
import { modulesOf } from './has-modules.ts';
import type { ComponentInstance } from './instance.ts';
import type { ModuleConfig } from './module-config.ts';
import { type InstanceNode, nameRange } from './node.ts';
import type { Prepared } from './prepare.ts';
import { problem } from './problem.ts';
import { unreadable, usersOf } from './unreadable-import.ts';
import { usedAt } from './used-at.ts';

/**
 * Prepares a config and lets what was built do what has to come before it counts as loaded, as often as that brings
 * something to build that was waiting for exports. What fails is among the diagnostics.
 */
export async function beginning(prepare: (before: Prepared | undefined) => Prepared): Promise<Prepared> {
  const failures: Diagnostic[] = [];
  let prepared = prepare(undefined);
  for (let next = beginners(prepared); next.length > 0; next = beginners(prepared)) {
    failures.push(...(await Promise.all(next.map((one) => begin(one, prepared.config)))).flat());
    prepared = prepare(prepared);
  }
  return { ...prepared, diagnostics: [...prepared.diagnostics, ...failures] };
}

/** One that begins, and the node of the config that it stands for or lies in. */
interface Beginner {
  readonly instance: ComponentInstance;
  readonly node: InstanceNode;
}

function beginners({ instances }: Prepared): readonly Beginner[] {
  return Array.from(instances.values()).flatMap((one) => within(one, one.node));
}

function within(instance: ComponentInstance, node: InstanceNode): readonly Beginner[] {
  const inside = modulesOf(instance).flatMap((module) => module.instances());
  return [...(instance.begins ? [{ instance, node }] : []), ...inside.flatMap((one) => within(one, node))];
}

async function begin({ instance, node }: Beginner, config: ModuleConfig): Promise<readonly Diagnostic[]> {
  try {
    await instance.begin();
    return [];
  } catch (thrown) {
    const failure = failureOf(instance.node, thrown, config);
    const { definitions } = config;
    return instance.node === node ? [failure] : usedAt([failure], node, definitions);
  }
}

function failureOf(node: InstanceNode, thrown: unknown, { graph, nodes }: ModuleConfig): Diagnostic {
  if (node.kind === 'import') return unreadable(node, thrown, usersOf(node, graph, nodes));
  const message = `\`${node.id}\` cannot start: ${errorText(thrown)}`;
  return problem('E0212', message, node.source, nameRange(node.block));
}
