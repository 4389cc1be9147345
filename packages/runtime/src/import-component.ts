import { Capsule, type CapsuleKind, ObjectValue } from '@pewter/language';
import type { SourceFile } from '@pewter/syntax';
import type { Component, ComponentContext } from './component.ts';
import { Controller } from './controller.ts';
import type { SharedOptions } from './controller-options.ts';
import type { Missing, Namespace } from './definitions.ts';
import type { ImportArguments } from './evaluate-node.ts';
import type { Brings, HasModules } from './has-modules.ts';
import type { Health } from './health.ts';
import { errorText } from './logger.ts';
import { importedConfig, missingOf, moduleConfig } from './module-config.ts';
import type { Cancel } from './outside.ts';
import type { Prepared } from './prepare.ts';
import { untilAborted } from './until-aborted.ts';

const namespaceKind: CapsuleKind<object> = { name: 'namespace' };

/**
 * An import while it runs: reads its text, and again when the source says so. The last text that makes a
 * module stays in force while a later one cannot be read or used, which health tells.
 */
export class ImportComponent implements Component<ImportArguments>, HasModules, Brings {
  readonly #context: ComponentContext;
  readonly #shared: SharedOptions;
  readonly #path: string;
  #args: ImportArguments;
  #controller: Controller;
  #namespace: Namespace = 'unread';
  #trouble: Health | undefined;
  #signal: AbortSignal | undefined;
  #cancel: Cancel = () => {};
  #reading = false;
  #again = false;
  #lastTexts = '';

  constructor(context: ComponentContext, args: ImportArguments, shared: SharedOptions, path: string) {
    this.#context = context;
    this.#shared = shared;
    this.#path = path;
    this.#args = args;
    this.#controller = this.#newController();
    if (args.fetched !== undefined && 'failure' in args.fetched) throw args.fetched.failure;
    if (args.fetched !== undefined) this.#take(args.fetched.texts);
  }

  get namespace(): Namespace {
    return this.#namespace;
  }

  update(args: ImportArguments): void {
    this.#args = args;
    this.#cancel();
    const { fetched } = args;
    if (fetched !== undefined && 'texts' in fetched) this.#take(fetched.texts);
    this.#watch();
    if (fetched === undefined || 'failure' in fetched) this.#read();
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#signal = signal;
    this.#controller.start();
    this.#watch();
    if (this.#namespace === 'unread') this.#read();
    await untilAborted(signal);
    this.#cancel();
    await this.#controller.stop();
  }

  health(): Health | undefined {
    return this.#trouble;
  }

  modules(): readonly Controller[] {
    return [this.#controller];
  }

  #watch(): void {
    if (this.#signal === undefined || this.#signal.aborted) return;
    const { node, decoded } = this.#args;
    this.#cancel = node.from.watch(this.#context, decoded, () => this.#read());
  }

  /** Reads once at a time; a change that comes meanwhile is read after. Never rejects. */
  #read(): void {
    const signal = this.#signal;
    if (signal === undefined || signal.aborted) return;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    const { node, decoded } = this.#args;
    Promise.resolve()
      .then(() => node.from.read(this.#context, decoded, signal))
      .then((texts) => {
        if (!signal.aborted) this.#take(texts);
      })
      .catch((thrown: unknown) => this.#failed(`it could not be read: ${errorText(thrown)}`))
      .finally(() => {
        this.#reading = false;
        if (!this.#again) return;
        this.#again = false;
        this.#read();
      });
  }

  #take(texts: readonly SourceFile[]): void {
    const wanted = JSON.stringify(texts.map(({ name, text }) => [name, text]));
    if (wanted === this.#lastTexts && this.#trouble === undefined) return;
    this.#lastTexts = wanted;
    const found = this.#prepare(texts);
    if ('missing' in found) {
      this.#broken(found);
      return;
    }
    this.#trouble = undefined;
    void this.#controller.commit(found);
    this.#bring(this.#controller.config?.definitions ?? 'unread');
  }

  #prepare(texts: readonly SourceFile[]): Prepared | Missing {
    const { vocabulary } = this.#shared;
    const { folder } = this.#args;
    let wrong: Missing | undefined;
    const prepared = this.#controller.prepare((namespaceOf) => {
      const around = { vocabulary, namespaceOf, folder };
      const read = importedConfig(texts, around);
      if (!('missing' in read)) return read;
      wrong = read;
      return moduleConfig([], { ...around, place: 'import' });
    });
    return wrong ?? missingOf(prepared.diagnostics) ?? prepared;
  }

  /** The last good text stays; where there was none, the reason is what users of the import are told. */
  #broken(wrong: Missing): void {
    this.#failed(wrong.missing);
    if (typeof this.#namespace === 'string' || 'missing' in this.#namespace) this.#bring(wrong);
  }

  #bring(namespace: Namespace): void {
    this.#namespace = namespace;
    // Nothing can refer to it; an export that is new each time makes users of the import evaluate again.
    this.#context.setExports(new ObjectValue([['namespace', new Capsule(namespaceKind, {})]]));
  }

  #failed(message: string): void {
    this.#trouble = { state: 'unhealthy', message, updated: this.#context.clock.now() };
    this.#context.logger.error({ err: message }, 'import failed; the last good module stays in force');
  }

  #newController(): Controller {
    return new Controller({
      shared: this.#shared,
      path: this.#path,
      redefined: () => this.#bring(this.#controller.config?.definitions ?? 'unread'),
    });
  }
}
