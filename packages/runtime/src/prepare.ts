import { alg } from '@dagrejs/graphlib';
import { Hole, type Scope, type Value } from '@pewter/language';
import type { Diagnostic } from '@pewter/syntax';
import { type EvaluatedBody, evaluateBody } from './evaluate-body.ts';
import { ComponentInstance, type InstanceHost } from './instance.ts';
import type { LoadedConfig } from './load.ts';
import { errorText } from './logger.ts';
import { type ComponentNode, type GraphNode, nameRange } from './node.ts';
import { scopeFor } from './scope-for.ts';

/** A config made ready to take over; nothing that runs has been touched. */
export interface Prepared {
  /** Dependencies before dependants. */
  readonly order: readonly string[];
  /** Those that go on, and those that were built. */
  readonly instances: ReadonlyMap<string, ComponentInstance>;
  /** Those that go on, with what they are to be given, in order. */
  readonly kept: readonly Kept[];
  /** Blocks that configure the program, decoded. */
  readonly settings: ReadonlyMap<string, unknown>;
  readonly diagnostics: readonly Diagnostic[];
}

interface Kept {
  readonly instance: ComponentInstance;
  readonly node: ComponentNode;
  readonly given: EvaluatedBody;
}

/** Evaluates a config with real values and builds its new components, dependencies first. */
export function prepare(
  config: LoadedConfig,
  running: ReadonlyMap<string, ComponentInstance>,
  host: InstanceHost,
  standard: Scope,
): Prepared {
  const order = alg.topsort(config.graph);
  const instances = new Map<string, ComponentInstance>();
  const kept: Kept[] = [];
  const settings = new Map<string, unknown>();
  const diagnostics: Diagnostic[] = [];
  // What failed to build stands as a hole, so that only its own mistake is told.
  const exportsOf = (id: string): Value => instances.get(id)?.exports ?? new Hole(undefined, id);
  for (const id of order) {
    const node = config.nodes.get(id);
    if (node === undefined) continue;
    const given = evaluateBody(node, scopeFor(id, config.graph, exportsOf, standard));
    diagnostics.push(...given.diagnostics.filter((one) => one.severity === 'error'));
    if (given.diagnostics.some((one) => one.severity === 'error')) continue;
    if (node.kind === 'config') {
      settings.set(id, given.decoded);
      continue;
    }
    // One that has ended is built anew, as in the reference: a reload is the way to get it back.
    const existing = running.get(id)?.ended ? undefined : running.get(id);
    const instance = existing ?? new ComponentInstance(node, host);
    const failure = existing === undefined ? tryBuild(instance, given) : undefined;
    if (failure !== undefined) diagnostics.push(failure);
    else instances.set(id, instance);
    if (existing !== undefined) kept.push({ instance, node, given });
  }
  return { order, instances, kept, settings, diagnostics };
}

function tryBuild(instance: ComponentInstance, given: EvaluatedBody): Diagnostic | undefined {
  try {
    instance.build(given);
    return undefined;
  } catch (thrown) {
    return buildFailure(instance.node, thrown);
  }
}

function buildFailure(node: GraphNode, thrown: unknown): Diagnostic {
  return {
    severity: 'error',
    code: 'E0212',
    message: `\`${node.id}\` cannot be built: ${errorText(thrown)}`,
    location: { source: node.source, range: nameRange(node.block) },
  };
}
