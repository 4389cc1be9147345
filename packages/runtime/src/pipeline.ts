import { createHash } from 'node:crypto';
import type { Infer } from '@pewter/language';
import { type Diagnostic, hasErrors, type SourceFile } from '@pewter/syntax';
import type { Registry } from 'prom-client';
import { beginning } from './beginning.ts';
import { buildModule } from './build-module.ts';
import { type ComponentDetails, type ComponentInfo, detailsOf } from './component-info.ts';
import type { loggingBlock } from './config-block.ts';
import { Controller } from './controller.ts';
import { ControllerMetrics } from './controller-metrics.ts';
import type { SharedOptions } from './controller-options.ts';
import { Implementations } from './implementations.ts';
import { type LoadOptions, load, vocabularyOf } from './load.ts';
import { bodyOf, loadCode } from './load-code.ts';
import { defaultLogSettings, type LogControl } from './logger.ts';
import { measuredInstances } from './measured-instances.ts';
import { mergeMetrics } from './merge-metrics.ts';
import { withNamespaces } from './module-config.ts';
import type { Outside } from './outside.ts';
import { Prefetched, prefetchImports } from './prefetch.ts';
import { resourceMetrics } from './resource-metrics.ts';
import { mergeDiagnostics } from './sort-diagnostics.ts';
import { standardScope } from './standard-scope.ts';
import type { Tracer } from './tracer.ts';

export interface PipelineOptions extends Omit<LoadOptions, 'sources'> {
  readonly outside: Outside;
  readonly logs: LogControl;
  /** The folder below which components get theirs. */
  readonly storagePath: string;
  /** How long a stop waits for what is under way, in milliseconds; 20 seconds when absent. */
  readonly patience?: number;
  /** Told of evaluations and of what components send. */
  readonly tracer?: Tracer;
  /**
   * What is done with a block that configures the program, with its decoded body, or without one when a reload has taken
   * the block out; `logging` is seen to already.
   */
  readonly configure?: (name: string, decoded: unknown) => void;
  /**
   * Told of a block that configures the program whose values are not known, because what it refers to has not come, does
   * not run here, or is wrong. What was in force before stays so.
   */
  readonly unsettled?: (name: string) => void;
}

/** What came of a load or reload. */
export interface LoadOutcome {
  /** False with an error among the diagnostics. */
  readonly ok: boolean;
  /**
   * Whether the config is in force. A first load with an error is not. A reload is not where text, blocks or
   * references are wrong; with wrong arguments it is, and what has them goes on with those it had, unhealthy.
   */
  readonly applied: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** A config that runs: its components, kept as the config and their exports say. */
export class Pipeline {
  readonly #options: PipelineOptions;
  readonly #shared: SharedOptions;
  readonly #metrics: ControllerMetrics;
  readonly #resources: readonly Registry[];
  readonly #root: Controller;
  #started = false;
  #stopped: Promise<readonly string[]> | undefined;
  /** Loads and stops, one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#shared = this.#share(options);
    this.#root = new Controller({
      shared: this.#shared,
      path: '',
      configure: (name, decoded) => this.#configure(name, decoded),
      unsettled: (name) => options.unsettled?.(name),
    });
    const { environment } = options.outside;
    this.#resources = environment.usage === undefined ? [] : [resourceMetrics(environment.usage)];
    this.#metrics = new ControllerMetrics({
      health: () => Array.from(this.#root.everything(), ([, one]) => one.health().state),
      queued: () => this.#root.waves.queued,
      evaluating: () => this.#root.waves.evaluating,
      skipped: () =>
        Array.from(this.#root.everything()).flatMap(([module, { id, skipped }]) =>
          skipped === undefined ? [] : [{ path: `/${module.path}`, id, because: skipped.because }],
        ),
      connections: () => connections(this.#root.components()),
    });
  }

  /** True once a config has been loaded and its components run. */
  get ready(): boolean {
    return this.#started && this.#root.loaded && this.#stopped === undefined;
  }

  /**
   * Loads a config in place of the one before; see {@link LoadOutcome} for what a mistake in it does. Components whose
   * arguments do not change go on untouched, changed ones are updated, removed ones stopped, new ones built and, once
   * the pipeline has started, started. Resolves when what is new has been started; what is removed may end later.
   */
  reload(sources: readonly SourceFile[]): Promise<LoadOutcome> {
    return this.#inTurn(() => this.#load(sources));
  }

  /** Counts a load that came to nothing because the config could not be read. */
  unreadable(): void {
    this.#metrics.loadFailed();
  }

  /** Starts what is loaded, dependencies first. Later loads start their components themselves. */
  start(): void {
    this.#started = true;
    this.#root.start();
  }

  /**
   * Stops everything: those that write before those that they write to. Resolves when all have ended, or when
   * patience has run out; then with the ids of those that had not.
   */
  stop(): Promise<readonly string[]> {
    this.#stopped ??= this.#inTurn(() => this.#root.stop());
    return this.#stopped;
  }

  /** Every component, in source order, those inside of modules after those of the config itself. */
  components(): readonly ComponentInfo[] {
    return this.#root.components();
  }

  /** What a component is made of now; undefined: none has that id. Inside of modules the id has the module's path before it. */
  details(id: string): ComponentDetails | undefined {
    for (const [module, instance] of this.#root.everything()) {
      if (module.fullId(instance.id) === id) return detailsOf(instance);
    }
    return undefined;
  }

  /** The pipeline's own metrics and those of all components, in the text format of Prometheus. */
  metricsText(): Promise<string> {
    const components = Array.from(measuredInstances(this.#root), ([module, { id, metrics }]) => ({
      registry: metrics,
      labels: { component_id: id, component_path: `/${module.path}` },
    }));
    const own = [this.#metrics.registry, ...this.#resources].map((registry) => ({ registry, labels: {} }));
    return mergeMetrics([...own, this.#metrics.evaluations, ...components]);
  }

  async #load(sources: readonly SourceFile[]): Promise<LoadOutcome> {
    if (this.#stopped !== undefined) return { ok: false, applied: false, diagnostics: [] };
    const config = load({ ...this.#options, sources });
    const first = !this.#root.loaded;
    if (!config.sound || (first && !config.ok)) return this.#refused(config.diagnostics);
    const { outside } = this.#shared;
    this.#shared.prefetched = new Prefetched();
    const outsideOfImports = { ...outside, storagePath: this.#shared.storagePath };
    await prefetchImports(config.files, { ...this.#shared, outside: outsideOfImports, mayRead: () => true });
    await loadCode([...config.files, ...this.#shared.prefetched.texts().map(bodyOf)], this.#shared);
    const prepared = await beginning((before) =>
      this.#root.prepare((namespaceOf) => withNamespaces(config.root, namespaceOf), undefined, before),
    );
    const found = mergeDiagnostics([...config.diagnostics, ...prepared.diagnostics], sources);
    if (first && hasErrors(found)) {
      await Promise.all(Array.from(prepared.instances.values(), (instance) => instance.stop()));
      return this.#refused(found);
    }
    const { failures, started } = this.#root.commit(prepared);
    await started;
    const diagnostics = mergeDiagnostics([...found, ...failures], sources);
    const ok = !hasErrors(diagnostics);
    if (!ok) this.#metrics.loadFailed();
    else this.#metrics.loaded(hashOf(sources), outside.clock.now());
    this.#shared.logger.info({ components: this.#root.instances().length }, 'config loaded');
    return { ok, applied: true, diagnostics };
  }

  #refused(diagnostics: readonly Diagnostic[]): LoadOutcome {
    this.#metrics.loadFailed();
    return { ok: false, applied: false, diagnostics };
  }

  #configure(name: string, decoded: unknown): void {
    if (name !== 'logging') {
      this.#options.configure?.(name, decoded);
      return;
    }
    if (decoded === undefined) {
      this.#options.logs.configure(defaultLogSettings);
      return;
    }
    const given = decoded as Infer<typeof loggingBlock.arguments>;
    const { level, format, destination, write_to: receivers } = given;
    this.#options.logs.configure({ level, format });
    if (destination === 'windows_event_log') {
      this.#shared.logger.warn('the event log of Windows cannot be written here: the log stays where it is');
    }
    if (receivers !== undefined && receivers.length > 0) {
      this.#shared.logger.warn('`write_to` of `logging` is accepted and has no effect here');
    }
  }

  #share({ outside, logs, storagePath, patience, tracer, ...options }: PipelineOptions): SharedOptions {
    return {
      outside,
      vocabulary: vocabularyOf(options),
      standard: standardScope(outside, options.stability),
      logger: logs.logger,
      storagePath,
      patience: patience ?? 20_000,
      prefetched: new Prefetched(),
      implementations: new Implementations(),
      buildModule,
      tracer,
      evaluated: (took, waited) => this.#metrics.evaluated(took, waited),
    };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** The way that data takes, as the reference shows it. */
function connections(components: readonly ComponentInfo[]): readonly { from: string; to: string }[] {
  return components
    .filter((one) => one.moduleId === '')
    .flatMap(({ localId: from, dataFlowEdgesTo }) => dataFlowEdgesTo.map((to) => ({ from, to })));
}

function hashOf(sources: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const source of sources) hash.update(source.text);
  return hash.digest('hex');
}
