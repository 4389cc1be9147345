import type { Scope, Value } from '@pewter/language';
import { type Diagnostic, hasErrors } from '@pewter/syntax';
import type { ModuleTemplate } from './definitions.ts';
import { attributeValues, dependingOn, type EvaluatedBody, evaluateBody } from './evaluate-body.ts';
import { valuesOf, withoutSkipped } from './evaluate-skipping.ts';
import { explainMissing } from './missing-arguments.ts';
import type { ModuleConfig } from './module-config.ts';
import { argumentsOf, openSchema } from './module-schema.ts';
import { type Around, type ModuleInputs, noInputs } from './module-values.ts';
import { dependenciesOf } from './neighbours.ts';
import { type CustomNode, type ForeachNode, type GraphNode, type ImportNode, nameRange } from './node.ts';
import type { Fetched, Prefetched } from './prefetch.ts';
import { problem } from './problem.ts';
import { lastArguments } from './repeated-arguments.ts';
import { scopeFor } from './scope-for.ts';
import { isSkipped } from './skipped-value.ts';

/** What evaluating a node of a module that runs asks of it. */
export interface LiveModule {
  readonly config: ModuleConfig;
  readonly inputs: ModuleInputs;
  /** The standard library, `module_path` and the item of a foreach. */
  readonly around: Scope;
  readonly prefetched: Prefetched;
  readonly exportsOf: (id: string) => Value;
  /** Values that are not known are those of components that do not run here, and no mistake. */
  readonly skipping: boolean;
}

/** A node that was evaluated. */
export interface EvaluatedNode extends EvaluatedBody {
  /** Arguments that were left out of it, because what they refer to does not run here. */
  readonly leftOut?: readonly string[];
}

/** What all bodies of a module see besides what they refer to. */
export function aroundOf(standard: Scope, folder: Value, { variables }: ModuleInputs): Scope {
  return standard.child(new Map([['module_path', folder], ...variables]));
}

/** The arguments of a module: its text, undefined while its import has not been read, and what it is given. */
export interface ModuleArguments {
  readonly template: ModuleTemplate | undefined;
  readonly values: ReadonlyMap<string, Value>;
  readonly around: Around;
}

/** The arguments of a foreach. */
export interface ForeachArguments {
  readonly decoded: {
    readonly collection: readonly Value[];
    readonly var: string;
    readonly id: string;
    readonly hash_string_id: boolean;
    readonly enable_metrics: boolean;
  };
  readonly node: ForeachNode;
  readonly config: ModuleConfig;
  readonly around: Around;
}

/** The arguments of an import, with its text where it is known already. */
export interface ImportArguments {
  readonly decoded: unknown;
  readonly node: ImportNode;
  readonly fetched: Fetched | undefined;
  /** The `module_path` of the module that the import stands in. */
  readonly folder: Value;
  /** True for an import of an imported text: what else that text brings can be used without it. */
  readonly nested: boolean;
}

/** Evaluates a node with real values; what comes out is what its instance takes. */
export function evaluateNode(node: GraphNode, live: LiveModule): EvaluatedNode {
  const visible = visibleTo(node, live);
  const scope = scopeFor(visible, live.around);
  if (node.kind === 'custom') return evaluateCustom(node, scope, live);
  const given = evaluateBody(node, scope);
  if (given.decoded === undefined) {
    return live.skipping ? withoutSkipped(node, given, scope, live) : given;
  }
  if (node.kind === 'foreach') return foreachArguments(node, given, visible, live);
  return node.kind === 'import' ? importArguments(node, given, live) : given;
}

function visibleTo(node: GraphNode, { config, inputs, exportsOf }: LiveModule): ReadonlyMap<string, Value> {
  const own = dependenciesOf(config.graph, node.id).map((id): [string, Value] => [id, exportsOf(id)]);
  return new Map([...inputs.outer, ...own]);
}

function evaluateCustom(written: CustomNode, scope: Scope, live: LiveModule): EvaluatedBody {
  const { node } = lastArguments(written);
  const { config, skipping } = live;
  const found = config.definitions.find(node.name);
  if (found === 'unread' && skipping && importIsSkipped(node, live)) {
    return { decoded: undefined, diagnostics: [], values: () => null };
  }
  if (found !== 'unread' && 'missing' in found) {
    const { missing, ...more } = found;
    const diagnostic: Diagnostic = problem('E0601', missing, node.source, nameRange(node.block), more);
    return { decoded: undefined, diagnostics: [diagnostic], values: () => null };
  }
  const template = found === 'unread' ? undefined : found;
  const schema = template === undefined ? openSchema(node.block.body) : argumentsOf(template);
  const evaluated = evaluateBody(node, scope, {}, schema);
  const diagnostics =
    template === undefined ? evaluated.diagnostics : explainMissing(evaluated.diagnostics, node, template);
  const given = { ...evaluated, diagnostics };
  const values = skipping ? valuesOf(node, scope, live) : attributeValues(node.block.body, scope);
  // A module is made with arguments that will not be known: what in it does without them runs.
  const goesOn = skipping && !hasErrors(diagnostics) && values.values().some(isSkipped);
  if (given.decoded === undefined && !goesOn) return given;
  const around = template?.definitions.sees === undefined ? noInputs : live.inputs;
  const decoded: ModuleArguments = { template, values, around };
  return dependingOn(given, decoded, template);
}

function importIsSkipped({ name }: CustomNode, { config, exportsOf }: LiveModule): boolean {
  const from = config.definitions.importOf(name);
  return from !== undefined && isSkipped(exportsOf(from.id));
}

function foreachArguments(
  node: ForeachNode,
  given: EvaluatedBody,
  visible: ReadonlyMap<string, Value>,
  { config, inputs }: LiveModule,
): EvaluatedBody {
  const imports = [...visible.keys()].filter((id) => config.nodes.get(id)?.kind === 'import');
  const outer = new Map([...inputs.outer, ...visible]);
  for (const id of imports) outer.delete(id);
  const around = { variables: inputs.variables, outer };
  const decoded = { decoded: given.decoded, node, config, around } as ForeachArguments;
  // A new object each time: what its template sees may have changed, and its modules compare for themselves.
  return dependingOn(given, decoded, decoded);
}

function importArguments(
  node: ImportNode,
  given: EvaluatedBody,
  { prefetched, config }: LiveModule,
): EvaluatedBody {
  const texts = node.from.known?.(given.decoded, node.id);
  const fetched = texts === undefined ? prefetched.find(node.name, given.values()) : { texts };
  const { folder, place } = config;
  const nested = place === 'import';
  const decoded: ImportArguments = { decoded: given.decoded, node, fetched, folder, nested };
  return { ...given, decoded };
}
