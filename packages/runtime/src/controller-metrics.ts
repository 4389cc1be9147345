import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { HealthState } from './health.ts';
import type { LabelledRegistry } from './merge-metrics.ts';

/** What the metrics ask the pipeline when they are read. */
export interface ControllerFacts {
  health(): Iterable<HealthState>;
  queued(): number;
  evaluating(): boolean;
  connections(): Iterable<{ readonly from: string; readonly to: string }>;
  /** Components that are left out of what runs. */
  skipped(): Iterable<{ readonly path: string; readonly id: string; readonly because: string }>;
}

const root = { controller_path: '/', controller_id: '' };
const buckets = [0.005, 0.025, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600];

/** Metrics of loading and evaluating, under the reference's names; times are in seconds. */
export class ControllerMetrics {
  readonly registry = new Registry();
  /** What is told of each evaluation; its labels are those of the registry, since working them out each time is dear. */
  readonly evaluations: LabelledRegistry = { registry: new Registry(), labels: root };
  readonly #evaluation = this.#histogram(
    'alloy_component_evaluation_seconds',
    'Time spent performing component evaluation',
  );
  readonly #wait = this.#histogram(
    'alloy_component_dependencies_wait_seconds',
    'Time spent by components waiting to be evaluated after their dependency is updated.',
  );
  readonly #hash = this.#gauge('alloy_config_hash', 'Hash of the currently active config file.', [
    'sha256',
    'cluster_name',
  ]);
  readonly #successful = this.#gauge('alloy_config_last_load_successful', 'Config loaded successfully.');
  readonly #loadedAt = this.#gauge(
    'alloy_config_last_load_success_timestamp_seconds',
    'Timestamp of the last successful configuration load.',
  );
  readonly #failures = new Counter({
    name: 'alloy_config_load_failures_total',
    help: 'Configuration load failures.',
    registers: [this.registry],
  });

  constructor(facts: ControllerFacts) {
    this.#asked(
      'alloy_component_controller_running_components',
      'Total number of running components.',
      (gauge) => {
        for (const state of facts.health()) gauge.inc({ ...root, health_type: state });
      },
      ['health_type'],
    );
    this.#asked(
      'alloy_component_controller_evaluating',
      'Tracks if the controller is currently in the middle of a graph evaluation',
      (gauge) => gauge.set(root, facts.evaluating() ? 1 : 0),
    );
    this.#asked(
      'alloy_component_evaluation_queue_size',
      'Tracks the number of components waiting to be evaluated in the worker pool',
      (gauge) => gauge.set(root, facts.queued()),
    );
    this.#asked(
      'alloy_component_graph_connection',
      'Indicates that two components are connected in the graph',
      (gauge) => {
        for (const edge of facts.connections()) gauge.set({ ...root, ...edge }, 1);
      },
      ['from', 'to'],
    );
    this.#asked(
      'pewter_skipped_components',
      'Components that do not run here, and those that depend on them',
      (gauge) => {
        for (const { path, id, because } of facts.skipped())
          gauge.set({ ...root, component_path: path, component_id: id, because }, 1);
      },
      ['component_path', 'component_id', 'because'],
    );
  }

  /** One evaluation: how long it took and how long it had waited, in milliseconds. */
  evaluated(took: number, waited: number | undefined): void {
    this.#evaluation.observe(took / 1_000);
    if (waited !== undefined) this.#wait.observe(waited / 1_000);
  }

  /** A config took effect. */
  loaded(sha256: string, now: number): void {
    this.#hash.reset();
    this.#hash.set({ sha256, cluster_name: '' }, 1);
    this.#successful.set(1);
    this.#loadedAt.set(now / 1_000);
  }

  /** A config was refused. */
  loadFailed(): void {
    this.#successful.set(0);
    this.#failures.inc();
  }

  #histogram(name: string, help: string): Histogram {
    return new Histogram({ name, help, buckets, registers: [this.evaluations.registry] });
  }

  #gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  #asked(name: string, help: string, ask: (gauge: Gauge) => void, labelNames: readonly string[] = []): void {
    const collect = function (this: Gauge) {
      this.reset();
      ask(this);
    };
    new Gauge({
      name,
      help,
      labelNames: [...Object.keys(root), ...labelNames],
      registers: [this.registry],
      collect,
    });
  }
}
