import { encodeExports, equal, exportsHole, Hole, ObjectValue, type Value } from '@pewter/language';
import { Registry } from 'prom-client';
import type { Component, ComponentContext, DebugInfo } from './component.ts';
import { errorText } from './error-text.ts';
import { type EvaluatedBody, sameValues } from './evaluate-body.ts';
import { attempt } from './guarded-callback.ts';
import { guardedClock } from './guarded-clock.ts';
import { guardedFiles } from './guarded-files.ts';
import { waits } from './has-modules.ts';
import { type Health, type HealthState, leastHealthy } from './health.ts';
import type { InstanceNode } from './node.ts';
import type { Clock } from './outside.ts';
import { skippedExports } from './skipped-value.ts';
import type { Skipped } from './unsupported.ts';

/** What an instance needs of the pipeline that holds it. */
export interface InstanceHost {
  readonly clock: Clock;
  /** The outside and the identity of a component, without what the instance itself adds. */
  contextFor(node: InstanceNode): Omit<ComponentContext, 'metrics' | 'setExports'>;
  /** Makes what the node stands for. Throws what is wrong with the arguments. */
  build(node: InstanceNode, context: ComponentContext, args: unknown): Component;
  /** Called when exports have changed, possibly from inside `build` or `update`. */
  exportsChanged(instance: ComponentInstance): void;
}

/** As the reference says it. */
const startedMessages: Readonly<Record<InstanceNode['kind'], string>> = {
  component: 'started component',
  custom: 'started custom component',
  foreach: 'started foreach',
  import: 'started import',
};

/**
 * One component with its life: arguments in, exports out, health. Whatever the component throws ends here,
 * as health and a line in the log.
 */
export class ComponentInstance {
  /** The block it stands for; a reload puts the new text's block in. */
  node: InstanceNode;
  readonly metrics = new Registry();
  readonly #host: InstanceHost;
  readonly #context: ComponentContext;
  readonly #abort = new AbortController();
  #component: Component | undefined;
  #startAsked = false;
  #begun = false;
  #done: Promise<void> | undefined;
  #arguments: EvaluatedBody | undefined;
  #decodedExports: unknown;
  #exports: ObjectValue;
  #evaluation: Health;
  #running: Health;
  #fault: Health | undefined;
  #skipped: (Skipped & { readonly health: Health; readonly exports: Value }) | undefined;

  constructor(node: InstanceNode, host: InstanceHost) {
    this.node = node;
    this.#host = host;
    this.#exports = encodeExports({}, node.definition.exports);
    this.#evaluation = this.#now('unknown', 'component created');
    this.#running = this.#now('unknown', 'component not started');
    const setExports = (exports: unknown) => this.#setExports(exports);
    const context = host.contextFor(node);
    const failed = (thrown: unknown) => this.#failed(`callback failed: ${errorText(thrown)}`);
    const clock = guardedClock(context.clock, failed);
    const files = guardedFiles(context.files, failed);
    this.#context = { ...context, clock, files, metrics: this.metrics, setExports };
  }

  get id(): string {
    return this.node.id;
  }

  /** The decoded arguments that the component works with. */
  get arguments(): unknown {
    return this.#arguments?.decoded;
  }

  /** What it last exported, decoded; undefined before its first export. */
  get decodedExports(): unknown {
    return this.#decodedExports;
  }

  /** What references see. Before the first export of a component nothing is known, nor of a module whose text has not come or one that is skipped. */
  get exports(): Value {
    if (this.#skipped !== undefined) return this.#skipped.exports;
    if (waits(this)) return new Hole(undefined, this.id);
    return this.awaited ? exportsHole(this.node.definition.exports, this.id) : this.#exports;
  }

  /** True for a component that has exports and has not told them yet: what refers to them waits. */
  get awaited(): boolean {
    const { kind, definition } = this.node;
    const empty = Object.keys(definition.exports.fields).length === 0;
    return kind === 'component' && this.#decodedExports === undefined && !empty;
  }

  /** Why it is left out of what runs; undefined for one that is not. */
  get skipped(): Skipped | undefined {
    return this.#skipped;
  }

  /** True once its work has ended, whyever. */
  get ended(): boolean {
    return this.#running.state === 'exited';
  }

  /** What was built; undefined where building it failed. */
  get component(): Component | undefined {
    return this.#component;
  }

  /** Leaves it out of what runs; {@link update} ends that. */
  skip(skipped: Skipped): void {
    if (this.#skipped?.message === skipped.message) return;
    const exports = skippedExports(this.node.definition.exports, this.id);
    this.#skipped = { ...skipped, exports, health: this.#now('unknown', skipped.message) };
    this.#context.logger.warn({ because: skipped.message }, 'component does not run');
  }

  /** Builds the component, and starts it where that was asked for already. Throws what `build` throws. */
  build(given: EvaluatedBody): void {
    this.#component = this.#host.build(this.node, this.#context, given.decoded);
    this.#arguments = given;
    this.#skipped = undefined;
    if (this.#startAsked) this.start();
    this.#evaluation = this.#now('healthy', 'component evaluated');
  }

  /** True when these arguments are the ones it works with. */
  has(given: EvaluatedBody): boolean {
    return this.#arguments !== undefined && sameValues(this.#arguments, given);
  }

  /** Hands new arguments over where they differ; refused ones leave it unhealthy with the old, and what was thrown is given. */
  update(given: EvaluatedBody): { readonly thrown: unknown } | undefined {
    if (!this.has(given)) {
      try {
        if (this.#component === undefined) this.build(given);
        else this.#tell(this.#component, given.decoded);
      } catch (thrown) {
        this.evaluationFailed(errorText(thrown));
        return { thrown };
      }
      this.#arguments = given;
    }
    this.#evaluation = this.#now('healthy', 'component evaluated');
    return undefined;
  }

  /** An update may go on after it has returned; what it rejects with then is health, and nothing goes unhandled. */
  #tell(component: Component, args: unknown): void {
    const given: unknown = component.update(args);
    if (given instanceof Promise)
      attempt(
        () => given,
        (thrown) => this.#failed(`update failed: ${errorText(thrown)}`),
      );
  }

  /** Records that its arguments could not be evaluated; it goes on with those it had. */
  evaluationFailed(reason: string): void {
    this.#evaluation = this.#now('unhealthy', `component evaluation failed: ${reason}`);
    this.#context.logger.error({ err: reason }, 'failed to evaluate component');
  }

  /** True while the component has something to do before the config counts as loaded. */
  get begins(): boolean {
    return this.#component?.begin !== undefined && !this.#begun && this.#done === undefined;
  }

  /** Does that; rejects with what went wrong. */
  async begin(): Promise<void> {
    this.#begun = true;
    await this.#component?.begin?.(this.#abort.signal);
  }

  /** Starts the work; called once. */
  start(): void {
    const component = this.#component;
    this.#startAsked = true;
    if (component === undefined || this.#done !== undefined) return;
    this.#running = this.#now('healthy', startedMessages[this.node.kind]);
    // The extra step turns what `run` throws before its first await into a rejection.
    this.#done = Promise.resolve()
      .then(() => component.run(this.#abort.signal))
      .then(
        () => this.#ended(undefined),
        (thrown: unknown) => this.#ended(errorText(thrown)),
      );
  }

  /** Tells it to end; resolves once it has, at once where it never began. Never rejects. */
  async stop(): Promise<void> {
    this.#abort.abort();
    // What has begun has something to clean up, which is the work of `run`.
    if (this.#begun) this.start();
    await this.#done;
  }

  /** The least healthy of its running, its evaluation, and what it says itself where that is worse. */
  health(): Health {
    if (this.#skipped !== undefined) return this.#skipped.health;
    const known = [this.#evaluation, ...(this.#fault === undefined ? [] : [this.#fault])];
    try {
      const own = this.#component?.health?.();
      if (own !== undefined && own.state !== 'healthy') known.push(own);
    } catch (thrown) {
      known.push(this.#now('unhealthy', `health check failed: ${errorText(thrown)}`));
    }
    return leastHealthy(this.#running, ...known);
  }

  /** State worth showing; undefined where there is none, or where making it failed. */
  debugInfo(): DebugInfo | undefined {
    try {
      return this.#component?.debugInfo?.();
    } catch (thrown) {
      this.#failed(`debug information failed: ${errorText(thrown)}`);
      return undefined;
    }
  }

  #setExports(exports: unknown): void {
    try {
      // A module exports what its text says, in the language's own form.
      const own = exports instanceof ObjectValue;
      const value = own ? exports : encodeExports(exports, this.node.definition.exports);
      const before = this.#exports;
      this.#decodedExports = own ? Object.fromEntries(exports.entries) : exports;
      if (equal(before, value)) return;
      this.#exports = value;
      this.#host.exportsChanged(this);
    } catch (thrown) {
      this.#failed(`exports cannot be used: ${errorText(thrown)}`);
    }
  }

  #ended(error: string | undefined): void {
    const asked = this.#abort.signal.aborted;
    const message = error ?? (asked ? 'component shut down' : 'component ended by itself');
    this.#running = this.#now('exited', message);
    const { logger } = this.#context;
    if (error !== undefined) logger.error({ err: error }, 'component exited with an error');
    else if (!asked) logger.warn('component exited by itself');
  }

  /** A fault of the component's own code that it survives. */
  #failed(message: string): void {
    if (this.#fault?.message !== message) this.#context.logger.error({ err: message }, 'component failed');
    this.#fault = this.#now('unhealthy', message);
  }

  #now(state: HealthState, message: string): Health {
    return { state, message, updated: this.#host.clock.now() };
  }
}
