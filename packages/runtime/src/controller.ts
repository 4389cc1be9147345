import { equal, ObjectValue, type Scope, type Value } from '@pewter/language';
import type { Diagnostic } from '@pewter/syntax';
import { type ComponentInfo, infoOf } from './component-info.ts';
import type { ControllerOptions, ReadModule } from './controller-options.ts';
import { aroundOf, type LiveModule } from './evaluate-node.ts';
import { modulesOf, namespaceOf } from './has-modules.ts';
import type { ComponentInstance, InstanceHost } from './instance.ts';
import { idBelow, instanceHost } from './instance-host.ts';
import type { ModuleConfig } from './module-config.ts';
import { type ModuleInputs, noInputs, touchedBy } from './module-values.ts';
import { dependantsOf } from './neighbours.ts';
import type { GraphNode } from './node.ts';
import { failureOf, type Kept, type Prepared, prepare, type ValueSink } from './prepare.ts';
import { reevaluateNode } from './reevaluate-node.ts';
import { Reevaluation } from './reevaluation.ts';
import { startAfter } from './start-after.ts';
import { stopInstances } from './stop-instances.ts';

/** What came of putting a config or module into force. */
export interface Committed {
  /** What components that go on would not take; they go on with the arguments they had. */
  readonly failures: readonly Diagnostic[];
  /** Resolves once what is new has been started. */
  readonly started: Promise<void>;
}

function renew({ instance, node, given }: Kept, config: ModuleConfig): readonly Diagnostic[] {
  instance.node = node;
  const failure = given === undefined ? undefined : instance.update(given);
  return failure === undefined
    ? []
    : failureOf(node, failure.thrown, config, 'cannot take its new arguments');
}

/** The running nodes of one config or module: kept as their text, their inputs and their exports say. */
export class Controller implements ValueSink {
  readonly path: string;
  readonly #options: ControllerOptions;
  readonly #host: InstanceHost;
  readonly #waves: Reevaluation;
  #current: Prepared | undefined;
  #values = new Map<string, Value>();
  #exports = new Map<string, Value>();
  #inputs: ModuleInputs = noInputs;
  #around: Scope;
  #started = false;
  #stopped = false;
  readonly #stopping = new Set<Promise<unknown>>();

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.path = options.path;
    this.#around = options.shared.standard;
    this.#host = instanceHost(options.shared, options.path, (one) => this.#exportsChanged(one));
    this.#waves = new Reevaluation({
      clock: options.shared.outside.clock,
      graph: () => ({ order: this.#current?.order ?? [], dependants: (id) => this.#dependants(id) }),
      evaluate: (id, since) => this.#evaluate(id, since),
    });
  }

  /** True once a config or module has taken effect. */
  get loaded(): boolean {
    return this.#current !== undefined;
  }

  get config(): ModuleConfig | undefined {
    return this.#current?.config;
  }

  get waves(): Pick<Reevaluation, 'queued' | 'evaluating'> {
    return this.#waves;
  }

  instances(): readonly ComponentInstance[] {
    return [...(this.#current?.instances.values() ?? [])];
  }

  /**
   * Evaluates and builds beside what runs; see {@link commit}. What was built already, when this config was prepared
   * before, is used again.
   */
  prepare(read: ReadModule, inputs: ModuleInputs = noInputs, before = this.#current): Prepared {
    const instances = new Map<string, ComponentInstance>();
    const config = read((node) => namespaceOf(instances.get(node.id)));
    const running = before?.instances ?? new Map<string, ComponentInstance>();
    const { standard, prefetched, tracer } = this.#options.shared;
    const around = aroundOf(standard, config.folder, inputs);
    const skipping = this.#skipping;
    const given = { config, inputs, around, prefetched, skipping, tracer, path: this.path };
    return prepare({ ...given, host: this.#host, running, instances });
  }

  /** Puts what was prepared in the place of what runs. */
  commit(prepared: Prepared): Committed {
    const before = this.#current;
    this.#current = prepared;
    this.#take(prepared.inputs);
    this.#values = new Map(prepared.values);
    // One that has a mistake is still there: what it said before stays in force.
    for (const { id, kind } of before?.config.nodes.values() ?? []) {
      if (kind === 'config' && !prepared.config.nodes.has(id)) this.setting(id, undefined);
    }
    for (const [id, decoded] of prepared.settings) this.setting(id, decoded);
    for (const { id, kind } of prepared.config.nodes.values()) {
      if (kind === 'config' && !prepared.settings.has(id)) this.#options.unsettled?.(id);
    }
    for (const [id, names] of prepared.leftOut) this.#tellLeftOut(id, names);
    const failures = prepared.kept.flatMap((one) => renew(one, prepared.config));
    for (const [id, reason] of prepared.failed) prepared.instances.get(id)?.evaluationFailed(reason);
    this.#exports = new Map(prepared.exports);
    this.#tellExports();
    return { failures, started: this.#replace(before, prepared) };
  }

  /** Takes other inputs; what depends on those that changed is evaluated again. */
  give(inputs: ModuleInputs): void {
    const before = this.#inputs;
    this.#take(inputs);
    this.#waves.queue(touchedBy(this.#current?.config.nodes.values() ?? [], before, inputs));
  }

  /** Starts what is loaded, dependencies first. Later loads start their instances themselves. */
  start(): void {
    if (this.#started || this.#stopped) return;
    this.#started = true;
    this.#startAll();
  }

  /** Stops everything, writers before what they write to; gives the ids of those that had not ended in time. */
  async stop(): Promise<readonly string[]> {
    this.#stopped = true;
    this.#waves.stop();
    const left = await this.#stopThese(this.#current?.instances ?? new Map(), this.#current);
    await Promise.all(this.#stopping);
    return left;
  }

  /** All components of this module, then of those inside it, in source order. */
  components(): readonly ComponentInfo[] {
    const current = this.#current;
    if (current === undefined) return [];
    const own = [...current.config.nodes.keys()].flatMap((id) => current.instances.get(id) ?? []);
    return [
      ...own.map((one) => infoOf(one, current.config.graph, this.path)),
      ...own.flatMap((one) => modulesOf(one).flatMap((module) => module.components())),
    ];
  }

  /** Every instance of this module and those inside it, with its module. */
  *everything(): Iterable<readonly [Controller, ComponentInstance]> {
    for (const instance of this.instances()) {
      yield [this, instance];
      for (const module of modulesOf(instance)) yield* module.everything();
    }
  }

  /** The id from the root on. */
  fullId(id: string): string {
    return idBelow(this.path, id);
  }

  setting(id: string, decoded: unknown): void {
    this.#options.configure?.(id, decoded);
  }

  value(id: string, value: Value): void {
    const before = this.#values.get(id);
    this.#values.set(id, value);
    if (before === undefined || !equal(before, value)) this.#waves.changed(id);
  }

  exported(label: string, value: Value): void {
    this.#exports.set(label, value);
    this.#tellExports();
  }

  #take(inputs: ModuleInputs): void {
    this.#inputs = inputs;
    this.#around = aroundOf(this.#options.shared.standard, this.config?.folder ?? null, inputs);
  }

  get #skipping(): boolean {
    return this.#options.shared.vocabulary.unsupported === 'skip';
  }

  #tellLeftOut(id: string, names: readonly string[]): void {
    const message = 'arguments have no effect: what they refer to does not run here';
    this.#options.shared.logger.warn({ block: id, arguments: names }, message);
  }

  #tellExports(): void {
    this.#options.exported?.(new ObjectValue(new Map(this.#exports)));
  }

  async #replace(before: Prepared | undefined, prepared: Prepared): Promise<void> {
    const gone = [...(before?.instances ?? [])].filter(([id, one]) => prepared.instances.get(id) !== one);
    if (gone.length > 0) {
      const stopping = this.#stopThese(new Map(gone), before);
      this.#stopping.add(stopping);
      const ended = stopping.finally(() => this.#stopping.delete(stopping));
      if (this.#started) await startAfter(ended, this.#options.shared.outside.clock);
    }
    if (this.#started && !this.#stopped && this.#current === prepared) this.#startAll();
  }

  #startAll(): void {
    for (const id of this.#current?.order ?? []) this.#current?.instances.get(id)?.start();
  }

  #stopThese(these: ReadonlyMap<string, ComponentInstance>, of: Prepared | undefined) {
    return stopInstances(these, of?.config.graph, this.#options.shared, this.path);
  }

  #evaluate(id: string, since: number): void {
    const { clock } = this.#options.shared.outside;
    const node = this.#current?.config.nodes.get(id);
    if (node === undefined || node.kind === 'declare') return;
    const started = clock.monotonic();
    const { tracer } = this.#options.shared;
    const span = tracer?.start('EvaluateNode', { attributes: this.#attributes(id) });
    this.#evaluateNode(node);
    span?.end();
    this.#options.shared.evaluated(clock.monotonic() - started, started - since);
  }

  #attributes(id: string): Readonly<Record<string, string>> {
    return { component_id: id, component_path: `/${this.path}` };
  }

  #evaluateNode(node: GraphNode): void {
    const live = this.#live();
    if (live === undefined) return;
    const { logger } = this.#options.shared;
    const failed = (err: string) => logger.error({ node: this.fullId(node.id), err }, 'failed to evaluate');
    reevaluateNode(node, live, { instance: this.#current?.instances.get(node.id), sink: this, failed });
  }

  #live(): LiveModule | undefined {
    const { shared } = this.#options;
    const current = this.#current;
    if (current === undefined) return undefined;
    const exportsOf = (id: string) => current.instances.get(id)?.exports ?? this.#values.get(id) ?? null;
    return {
      config: current.config,
      inputs: this.#inputs,
      around: this.#around,
      prefetched: shared.prefetched,
      exportsOf,
      skipping: this.#skipping,
    };
  }

  #dependants(id: string): readonly string[] {
    return this.#current === undefined ? [] : dependantsOf(this.#current.config.graph, id);
  }

  #exportsChanged(instance: ComponentInstance): void {
    // One that is still being built, or was removed, has no dependants here.
    if (this.#current?.instances.get(instance.id) !== instance) return;
    if (instance.node.kind === 'import') this.#redefine();
    this.#waves.changed(instance.id);
  }

  #redefine(): void {
    const current = this.#current;
    if (current === undefined) return;
    const definitions = current.config.definitions.renewed();
    this.#current = { ...current, config: { ...current.config, definitions } };
    this.#options.redefined?.();
  }
}
