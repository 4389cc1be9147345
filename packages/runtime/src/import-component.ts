import { Capsule, type CapsuleKind, ObjectValue } from '@pewter/language';
import type { Component, ComponentContext } from './component.ts';
import { Controller } from './controller.ts';
import type { SharedOptions } from './controller-options.ts';
import { Definitions, type Missing, type Namespace } from './definitions.ts';
import { errorText } from './error-text.ts';
import type { ImportArguments } from './evaluate-node.ts';
import { type Brings, type HasModules, namespaceOf } from './has-modules.ts';
import type { Health } from './health.ts';
import type { Imported, ImportOutside } from './import-definition.ts';
import { bodyOf, loadCode } from './load-code.ts';
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
  readonly #outside: ImportOutside;
  /** Reads a text of which nothing could be known before what it is named by had come. */
  readonly begin?: (signal: AbortSignal) => Promise<void>;
  #args: ImportArguments;
  #controller: Controller;
  #namespace: Namespace = 'unread';
  #trouble: Health | undefined;
  #signal: AbortSignal | undefined;
  #cancel: Cancel = () => {};
  #reading = false;
  #again = false;
  /** What was taken last, and whether it made a module. */
  #last = { texts: '', good: false };

  constructor(context: ComponentContext, args: ImportArguments, shared: SharedOptions, path: string) {
    this.#context = context;
    this.#shared = shared;
    this.#path = path;
    this.#outside = { ...context, storagePath: shared.storagePath };
    this.#args = args;
    this.#controller = this.#newController();
    if (args.fetched === undefined) this.begin = (signal) => this.#readFirst(signal);
    else if ('texts' in args.fetched) this.#take(args.fetched);
    else this.#unreadable(args.fetched.failure);
  }

  get namespace(): Namespace {
    return this.#namespace;
  }

  update(args: ImportArguments): void {
    this.#args = args;
    this.#cancel();
    const { fetched } = args;
    if (fetched !== undefined && 'texts' in fetched) this.#take(fetched);
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
    this.#cancel = node.from.watch(this.#outside, decoded, () => this.#read());
  }

  async #readFirst(signal: AbortSignal): Promise<void> {
    const { node, decoded } = this.#args;
    try {
      const imported = await node.from.read(this.#outside, decoded, signal);
      await loadCode(imported.texts.map(bodyOf), this.#shared);
      this.#take(imported);
    } catch (thrown) {
      this.#unreadable(thrown);
    }
  }

  /** Refuses the config; inside of an imported text only what would use it is. */
  #unreadable(thrown: unknown): void {
    const { node, nested } = this.#args;
    if (!nested) throw thrown;
    this.#broken({ missing: `\`${node.id}\` cannot be read: ${errorText(thrown)}` });
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
      .then(() => node.from.read(this.#outside, decoded, signal))
      .then(async (imported) => {
        await loadCode(imported.texts.map(bodyOf), this.#shared);
        if (!signal.aborted && this.#args.decoded === decoded) this.#take(imported);
      })
      .catch((thrown: unknown) => {
        if (!signal.aborted) this.#failed(`it could not be read: ${errorText(thrown)}`);
      })
      .finally(() => {
        this.#reading = false;
        if (!this.#again) return;
        this.#again = false;
        this.#read();
      });
  }

  #take(imported: Imported): void {
    const texts = JSON.stringify([imported.folder, imported.texts.map(({ name, text }) => [name, text])]);
    if (texts !== this.#last.texts) this.#last = { texts, good: this.#use(imported) };
    if (this.#last.good) this.#recovered(imported);
  }

  /** Puts a text in force; false where it makes no module. */
  #use(imported: Imported): boolean {
    const found = this.#prepare(imported);
    if ('missing' in found) {
      this.#broken(found);
      return false;
    }
    this.#controller.commit(found);
    this.#bring(this.#controller.config?.definitions ?? 'unread');
    return true;
  }

  #recovered({ stale }: Imported): void {
    if (stale === undefined) this.#trouble = undefined;
    else this.#failed(`an older copy is used: ${stale}`);
  }

  #prepare({ texts, folder: own }: Imported): Prepared | Missing {
    const { vocabulary } = this.#shared;
    const folder = own ?? this.#args.folder;
    let wrong: Missing | undefined;
    const prepared = this.#controller.prepare((namespaceOf) => {
      const around = { vocabulary, namespaceOf, folder };
      const read = importedConfig(texts, around);
      if (!('missing' in read)) return read;
      wrong = read;
      return moduleConfig([], { ...around, place: 'import' });
    });
    return wrong ?? missingOf(prepared.diagnostics) ?? this.#worse(prepared) ?? prepared;
  }

  /** What a text lacks because an import of its own cannot be read, where one that lacks nothing is in force. */
  #worse({ instances }: Prepared): Missing | undefined {
    if (!(this.#namespace instanceof Definitions)) return undefined;
    for (const instance of instances.values()) {
      const namespace = namespaceOf(instance);
      if (typeof namespace === 'object' && 'missing' in namespace) return namespace;
    }
    return undefined;
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
    if (this.#trouble?.message === message) return;
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
