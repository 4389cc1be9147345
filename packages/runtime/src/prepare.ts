import { Hole, ObjectValue, type Value } from '@pewter/language';
import { type Diagnostic, hasErrors } from '@pewter/syntax';
import { waitsFor } from './awaited-exports.ts';
import { errorText } from './error-text.ts';
import type { EvaluatedBody } from './evaluate-body.ts';
import { evaluateNode, type LiveModule } from './evaluate-node.ts';
import { evaluationOrder } from './evaluation-order.ts';
import { waits } from './has-modules.ts';
import { ComponentInstance, type InstanceHost } from './instance.ts';
import type { ModuleConfig } from './module-config.ts';
import { ModuleError } from './module-error.ts';
import type { ModuleInputs } from './module-values.ts';
import { type GraphNode, type InstanceNode, isInstanceNode, nameRange } from './node.ts';
import { problem } from './problem.ts';
import type { Tracer } from './tracer.ts';
import { unreadable, usersOf } from './unreadable-import.ts';
import { dependsOnSkipped, isUnsupported, notImplemented, type Skipped } from './unsupported.ts';
import { usedAt } from './used-at.ts';

/** A config or module made ready to take over; nothing that runs has been touched. */
export interface Prepared {
  readonly config: ModuleConfig;
  readonly inputs: ModuleInputs;
  /** Dependencies before dependants. */
  readonly order: readonly string[];
  /** Those that go on, and those that were built. */
  readonly instances: ReadonlyMap<string, ComponentInstance>;
  /** Those that go on, with what they are to be given, in order; without where that has mistakes. */
  readonly kept: readonly Kept[];
  /** Why instances could not be given or built with what the config says. */
  readonly failed: ReadonlyMap<string, string>;
  /** Those that are left out of what runs, and why. */
  readonly skipped: ReadonlyMap<string, Skipped>;
  /** Arguments of blocks that configure the program which are left out, by the id of the block. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
  /** Blocks that configure the program, decoded. */
  readonly settings: ReadonlyMap<string, unknown>;
  /** What `argument` blocks export, by id. */
  readonly values: ReadonlyMap<string, Value>;
  /** What the module exports, by label. */
  readonly exports: ReadonlyMap<string, Value>;
  readonly diagnostics: readonly Diagnostic[];
}

/** An instance that goes on with another text. */
export interface Kept {
  readonly instance: ComponentInstance;
  readonly node: InstanceNode;
  readonly given: EvaluatedBody | undefined;
}

export interface PrepareOptions extends Omit<LiveModule, 'exportsOf'> {
  readonly host: InstanceHost;
  readonly running: ReadonlyMap<string, ComponentInstance>;
  readonly tracer: Tracer | undefined;
  /** The id of the module from the root; empty for the root. */
  readonly path: string;
  /** Filled while preparing: what imports bring is looked up in it. */
  readonly instances: Map<string, ComponentInstance>;
}

/** Evaluates a config with real values and builds its new instances, dependencies first. */
export function prepare(options: PrepareOptions): Prepared {
  return new Preparation(options).all();
}

class Preparation {
  readonly #options: PrepareOptions;
  readonly #live: LiveModule;
  readonly #kept: Kept[] = [];
  readonly #failed = new Map<string, string>();
  readonly #skipped = new Map<string, Skipped>();
  readonly #leftOut = new Map<string, readonly string[]>();
  readonly #settings = new Map<string, unknown>();
  readonly #values = new Map<string, Value>();
  readonly #exports = new Map<string, Value>();
  readonly #diagnostics: Diagnostic[] = [];

  constructor(options: PrepareOptions) {
    this.#options = options;
    this.#live = { ...options, exportsOf: (id) => this.#exportsOf(id) };
  }

  all(): Prepared {
    const { config, inputs, instances } = this.#options;
    const order = evaluationOrder(config.graph);
    this.#evaluate(order);
    return {
      config,
      inputs,
      order,
      instances,
      kept: this.#kept,
      failed: this.#failed,
      skipped: this.#skipped,
      leftOut: this.#leftOut,
      settings: this.#settings,
      values: this.#values,
      exports: this.#exports,
      diagnostics: this.#diagnostics,
    };
  }

  #evaluate(order: readonly string[]): void {
    const { config, tracer, path } = this.#options;
    const all = tracer?.start('GraphEvaluate', { attributes: { component_path: `/${path}` } });
    for (const id of order) {
      const node = config.nodes.get(id);
      if (node === undefined || node.kind === 'declare') continue;
      const one = tracer?.start('EvaluateNode', { parent: all, attributes: { component_id: id } });
      this.#node(node);
      const error = this.#failed.get(id);
      one?.end(error === undefined ? {} : { error });
    }
    all?.end();
  }

  #node(node: GraphNode): void {
    if (isUnsupported(node)) {
      this.#skip(node, notImplemented(node));
      return;
    }
    const given = evaluateNode(node, this.#live);
    this.#diagnostics.push(...given.diagnostics);
    if (given.leftOut !== undefined) this.#leftOut.set(node.id, given.leftOut);
    if (hasErrors(given.diagnostics)) this.#fail(node, firstError(given.diagnostics));
    else if (given.decoded === undefined) this.#withoutValue(node, given);
    else if (isInstanceNode(node)) this.#instance(node, given);
    else applyValue(node, given.decoded, this.#options.inputs, this);
  }

  #instance(node: InstanceNode, given: EvaluatedBody): void {
    const { running, instances, host } = this.#options;
    const existing = goesOn(running.get(node.id), node);
    // What is wrong with a module whose text has come since is seen where it is built.
    if (existing !== undefined && !waits(existing)) {
      instances.set(node.id, existing);
      this.#kept.push({ instance: existing, node, given });
      return;
    }
    const instance = new ComponentInstance(node, host);
    const failure = this.#tryBuild(instance, given);
    if (failure.length === 0) instances.set(node.id, instance);
    else this.#diagnostics.push(...failure);
    if (failure.length > 0) this.#fail(node, firstError(failure), instance);
  }

  #tryBuild(instance: ComponentInstance, given: EvaluatedBody): readonly Diagnostic[] {
    try {
      instance.build(given);
      return [];
    } catch (thrown) {
      return failureOf(instance.node, thrown, this.#options.config, 'cannot be built');
    }
  }

  #fail(node: GraphNode, reason: string, built?: ComponentInstance): void {
    if (!isInstanceNode(node)) return;
    const { running, instances, host } = this.#options;
    const existing = goesOn(running.get(node.id), node);
    if (existing !== undefined) this.#kept.push({ instance: existing, node, given: undefined });
    instances.set(node.id, existing ?? built ?? new ComponentInstance(node, host));
    this.#failed.set(node.id, reason);
  }

  #withoutValue(node: GraphNode, given: EvaluatedBody): void {
    const { graph } = this.#options.config;
    const around = { node, graph, exportsOf: this.#live.exportsOf };
    const skipped = this.#live.skipping ? dependsOnSkipped({ ...around, values: given.values() }) : undefined;
    // Something that it refers to has not come or could not be built: only that is to be told of.
    if (skipped === undefined) this.#fail(node, this.#waitsFor(node));
    else this.#skip(node, skipped);
  }

  #waitsFor({ id }: GraphNode): string {
    return waitsFor(id, this.#options.config.graph, (one) => this.#exportsOf(one));
  }

  #skip(node: GraphNode, skipped: Skipped): void {
    if (!isInstanceNode(node)) return;
    const { running, instances, host } = this.#options;
    const before = running.get(node.id);
    const same = before?.skipped?.message === skipped.message ? before : undefined;
    const instance = same ?? new ComponentInstance(node, host);
    if (same !== undefined) this.#kept.push({ instance: same, node, given: undefined });
    else instance.skip(skipped);
    instances.set(node.id, instance);
    this.#skipped.set(node.id, skipped);
  }

  /** A mistake is told once: what failed and never ran stands as a hole. */
  #exportsOf(id: string): Value {
    const instance = this.#options.instances.get(id);
    if (instance?.component !== undefined || instance?.skipped !== undefined) return instance.exports;
    return this.#values.get(id) ?? new Hole(undefined, id);
  }

  setting(id: string, decoded: unknown): void {
    this.#settings.set(id, decoded);
  }

  value(id: string, value: Value): void {
    this.#values.set(id, value);
  }

  exported(label: string, value: Value): void {
    this.#exports.set(label, value);
  }
}

/** Takes what nodes without an instance come to. */
export interface ValueSink {
  setting(id: string, decoded: unknown): void;
  value(id: string, value: Value): void;
  exported(label: string, value: Value): void;
}

/** Hands over what a node without an instance comes to. */
export function applyValue(node: GraphNode, decoded: unknown, inputs: ModuleInputs, sink: ValueSink): void {
  if (node.kind === 'config') sink.setting(node.id, decoded);
  if (node.kind === 'export') sink.exported(node.label, (decoded as { value: Value }).value);
  if (node.kind !== 'argument') return;
  const fallback = (decoded as { default?: Value }).default ?? null;
  const value = inputs.arguments.get(node.label) ?? (inputs.arguments.has(node.label) ? null : fallback);
  sink.value(node.id, new ObjectValue([['value', value]]));
}

/** One that has ended is built anew, as in the reference: a reload is the way to get it back. */
function goesOn(instance: ComponentInstance | undefined, node: InstanceNode): ComponentInstance | undefined {
  const usable = instance !== undefined && !instance.ended && instance.component !== undefined;
  return usable && instance.node.kind === node.kind ? instance : undefined;
}

/** What a component, or what is built of modules, threw at its arguments. */
export function failureOf(
  node: InstanceNode,
  thrown: unknown,
  { definitions, nodes, graph }: ModuleConfig,
  what: string,
): readonly Diagnostic[] {
  if (thrown instanceof ModuleError) return usedAt(thrown.diagnostics, node, definitions);
  if (node.kind === 'import') return [unreadable(node, thrown, usersOf(node, graph, nodes))];
  const message = `\`${node.id}\` ${what}: ${errorText(thrown)}`;
  return [problem('E0212', message, node.source, nameRange(node.block))];
}

function firstError(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.find((one) => one.severity === 'error')?.message ?? '';
}
