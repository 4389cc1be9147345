import { createHash } from 'node:crypto';
import type { Scope } from '@pewter/language';
import type { Diagnostic, SourceFile } from '@pewter/syntax';
import { hasErrors } from '@pewter/syntax';
import { type ComponentDetails, type ComponentInfo, detailsOf, infoOf } from './component-info.ts';
import { ControllerMetrics } from './controller-metrics.ts';
import { evaluateBody } from './evaluate-body.ts';
import type { ComponentInstance, InstanceHost } from './instance.ts';
import { type LoadedConfig, type LoadOptions, load } from './load.ts';
import type { LogControl } from './logger.ts';
import { mergeMetrics } from './merge-metrics.ts';
import type { ComponentNode } from './node.ts';
import type { Outside } from './outside.ts';
import { type Prepared, prepare } from './prepare.ts';
import { Reevaluation } from './reevaluation.ts';
import { scopeFor } from './scope-for.ts';
import { standardScope } from './standard-scope.ts';
import { stopInOrder } from './stop-order.ts';

export interface PipelineOptions extends Omit<LoadOptions, 'sources'> {
  readonly outside: Outside;
  readonly logs: LogControl;
  /** The folder below which components get theirs. */
  readonly storagePath: string;
  /** How long a stop waits for what is under way, in milliseconds; 20 seconds when absent. */
  readonly patience?: number;
  /** What is done with a block that configures the program, with its decoded body; `logging` is seen to already. */
  readonly configure?: (name: string, decoded: unknown) => void;
}

/** What came of a load or reload. A config that is refused changes nothing. */
export interface LoadOutcome {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** A config that runs: its components, kept as the config and their exports say. */
export class Pipeline {
  readonly #options: PipelineOptions;
  readonly #host: InstanceHost;
  readonly #metrics: ControllerMetrics;
  readonly #waves: Reevaluation;
  readonly #standard: Scope;
  #config: LoadedConfig | undefined;
  #order: readonly string[] = [];
  #instances: ReadonlyMap<string, ComponentInstance> = new Map();
  #started = false;
  #stopped: Promise<readonly string[]> | undefined;
  /** Loads and stops, one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#host = this.#makeHost();
    this.#standard = standardScope(options.outside, options.stability);
    this.#waves = new Reevaluation({
      clock: options.outside.clock,
      graph: () => ({ order: this.#order, dependants: (id) => this.#dependants(id) }),
      evaluate: (id, waited) => this.#evaluate(id, waited),
    });
    this.#metrics = new ControllerMetrics({
      health: () => [...this.#instances.values()].map((one) => one.health().state),
      queued: () => this.#waves.queued,
      evaluating: () => this.#waves.evaluating,
      connections: () => (this.#config?.graph.edges() ?? []).map(({ v, w }) => ({ from: v, to: w })),
    });
  }

  /** True once a config has been loaded and its components run. */
  get ready(): boolean {
    return this.#started && this.#config !== undefined && this.#stopped === undefined;
  }

  /**
   * Loads a config in place of the one before, as a whole or not at all. Components whose arguments do not
   * change go on untouched, changed ones are updated, removed ones stopped, new ones built and, once the
   * pipeline has started, started. Resolves when that is done.
   */
  reload(sources: readonly SourceFile[]): Promise<LoadOutcome> {
    return this.#inTurn(() => this.#load(sources));
  }

  /** Starts what is loaded, dependencies first. Later loads start their components themselves. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#startAll();
  }

  /**
   * Stops everything: those that write before those that they write to. Resolves when all have ended, or when
   * patience has run out; then with the ids of those that had not.
   */
  stop(): Promise<readonly string[]> {
    this.#stopped ??= this.#inTurn(() => {
      this.#waves.stop();
      return this.#stopThese(this.#instances, this.#config);
    });
    return this.#stopped;
  }

  /** Every component, in source order. */
  components(): readonly ComponentInfo[] {
    const { graph, nodes } = this.#config ?? {};
    if (graph === undefined || nodes === undefined) return [];
    return [...nodes.keys()].flatMap((id) => {
      const instance = this.#instances.get(id);
      return instance === undefined ? [] : [infoOf(instance, graph)];
    });
  }

  /** What a component is made of now; undefined: none has that id. */
  details(id: string): ComponentDetails | undefined {
    const instance = this.#instances.get(id);
    return instance && detailsOf(instance);
  }

  /** The pipeline's own metrics and those of all components, in the text format of Prometheus. */
  metricsText(): Promise<string> {
    const components = [...this.#instances.values()].map(({ id, metrics }) => ({
      registry: metrics,
      labels: { component_id: id, component_path: '/' },
    }));
    return mergeMetrics([{ registry: this.#metrics.registry, labels: {} }, ...components]);
  }

  async #load(sources: readonly SourceFile[]): Promise<LoadOutcome> {
    const { outside, logs } = this.#options;
    if (this.#stopped !== undefined) return { ok: false, diagnostics: [] };
    const config = load({ ...this.#options, sources });
    if (!config.ok) return this.#refused(config.diagnostics);
    const prepared = prepare(config, this.#instances, this.#host, this.#standard);
    const diagnostics = [...config.diagnostics, ...prepared.diagnostics];
    if (hasErrors(prepared.diagnostics)) return this.#refused(diagnostics);
    await this.#commit(config, prepared);
    this.#metrics.loaded(hashOf(sources), outside.clock.now());
    logs.logger.info({ components: this.#instances.size }, 'config loaded');
    return { ok: true, diagnostics };
  }

  #refused(diagnostics: readonly Diagnostic[]): LoadOutcome {
    this.#metrics.loadFailed();
    return { ok: false, diagnostics };
  }

  async #commit(config: LoadedConfig, prepared: Prepared): Promise<void> {
    const [before, running] = [this.#config, this.#instances];
    this.#config = config;
    this.#order = prepared.order;
    this.#instances = prepared.instances;
    for (const [id, decoded] of prepared.settings) this.#configure(id, decoded);
    for (const { instance, node, given } of prepared.kept) {
      instance.node = node;
      instance.update(given);
    }
    const removed = new Map([...running].filter(([id, one]) => prepared.instances.get(id) !== one));
    await this.#stopThese(removed, before);
    if (this.#started) this.#startAll();
  }

  #startAll(): void {
    for (const id of this.#order) this.#instances.get(id)?.start();
  }

  async #stopThese(
    these: ReadonlyMap<string, ComponentInstance>,
    config: LoadedConfig | undefined,
  ): Promise<readonly string[]> {
    if (these.size === 0) return [];
    const left = await stopInOrder([...these.keys()], {
      clock: this.#options.outside.clock,
      before: (id) => config?.graph.successors(id) ?? [],
      stop: async (id) => these.get(id)?.stop(),
      patience: this.#options.patience ?? 20_000,
    });
    if (left.length > 0)
      this.#options.logs.logger.warn({ components: left }, 'components did not stop in time');
    return left;
  }

  #evaluate(id: string, waited: number): void {
    const { clock } = this.#options.outside;
    const node = this.#config?.nodes.get(id);
    if (node === undefined || this.#config === undefined) return;
    const started = clock.monotonic();
    const scope = scopeFor(id, this.#config.graph, (one) => this.#exportsOf(one), this.#standard);
    const given = evaluateBody(node, scope);
    const instance = this.#instances.get(id);
    const error = given.diagnostics.find((one) => one.severity === 'error');
    if (error !== undefined) instance?.evaluationFailed(error.message);
    else if (instance === undefined) this.#configure(id, given.decoded);
    else instance.update(given);
    this.#metrics.evaluated(clock.monotonic() - started, waited);
  }

  #exportsOf(id: string) {
    return this.#instances.get(id)?.exports ?? null;
  }

  #dependants(id: string): readonly string[] {
    return this.#config?.graph.successors(id) ?? [];
  }

  #configure(name: string, decoded: unknown): void {
    if (name === 'logging') this.#options.logs.configure(decoded as Parameters<LogControl['configure']>[0]);
    else this.#options.configure?.(name, decoded);
  }

  #makeHost(): InstanceHost {
    const { outside, logs, storagePath } = this.#options;
    return {
      clock: outside.clock,
      contextFor: ({ id }: ComponentNode) => ({
        ...outside,
        id,
        logger: logs.logger.child({ component_path: '/', component_id: id }),
        dataPath: `${storagePath}/${id}`,
      }),
      exportsChanged: (instance) => {
        // One that is still being built, or was removed, has no dependants here.
        if (this.#instances.get(instance.id) === instance) this.#waves.changed(instance.id);
      },
    };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

function hashOf(sources: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const source of sources) hash.update(source.text);
  return hash.digest('hex');
}
