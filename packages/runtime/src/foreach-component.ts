import { createHash } from 'node:crypto';
import { asObject, NumberValue, numberText, print, type Value } from '@pewter/language';
import type { Diagnostic } from '@pewter/syntax';
import type { Component, ComponentContext } from './component.ts';
import { Controller } from './controller.ts';
import type { ReadModule, SharedOptions } from './controller-options.ts';
import type { ForeachArguments } from './evaluate-node.ts';
import { foreachConfig } from './foreach-config.ts';
import type { HasModules } from './has-modules.ts';
import { loadModule } from './load-module.ts';
import { ModuleError } from './module-error.ts';
import { type ModuleInputs, withItem } from './module-values.ts';
import { untilAborted } from './until-aborted.ts';

/** `foreach`: the template as one module per item. Items that stay keep their module running. */
export class ForeachComponent implements Component<ForeachArguments>, HasModules {
  readonly #context: ComponentContext;
  readonly #shared: SharedOptions;
  readonly #path: string;
  #modules = new Map<string, Controller>();
  #started = false;
  #showsMetrics = false;
  readonly #stopping = new Set<Promise<unknown>>();

  constructor(context: ComponentContext, args: ForeachArguments, shared: SharedOptions, path: string) {
    this.#context = context;
    this.#shared = shared;
    this.#path = path;
    try {
      this.update(args);
    } catch (thrown) {
      for (const controller of this.#modules.values()) this.#stop(controller);
      throw thrown;
    }
  }

  /** What does not fit one item keeps no other from its module. */
  update(args: ForeachArguments): void {
    this.#showsMetrics = args.decoded.enable_metrics;
    const items = keyed(args.decoded);
    const next = new Map<string, Controller>();
    const wrong: Diagnostic[] = [];
    for (const [key, item] of items) {
      const path = `${this.#path}/${key}`;
      const controller = this.#modules.get(key) ?? new Controller({ shared: this.#shared, path });
      wrong.push(...this.#load(controller, item, args));
      if (controller.loaded) next.set(key, controller);
    }
    const gone = [...this.#modules].filter(([key]) => !next.has(key));
    this.#modules = next;
    for (const [, controller] of gone) this.#stop(controller);
    if (this.#started) for (const controller of next.values()) controller.start();
    if (wrong.length > 0) throw new ModuleError(wrong);
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#started = true;
    for (const controller of this.#modules.values()) controller.start();
    await untilAborted(signal);
    this.#started = false;
    await Promise.all([...this.#stopping, ...Array.from(this.#modules.values(), (one) => one.stop())]);
  }

  /** Many items make many series, so it is asked for. */
  get showsMetrics(): boolean {
    return this.#showsMetrics;
  }

  modules(): readonly Controller[] {
    return [...this.#modules.values()];
  }

  #load(
    controller: Controller,
    item: Value,
    { node, config, decoded, around }: ForeachArguments,
  ): readonly Diagnostic[] {
    const inputs: ModuleInputs = { ...withItem(around, decoded.var, item), arguments: new Map() };
    const { vocabulary } = this.#shared;
    const read: ReadModule = (namespaceOf) =>
      foreachConfig({ ...node, variable: decoded.var }, config, { vocabulary, namespaceOf });
    try {
      loadModule(controller, read, inputs, this.#context.logger);
      return [];
    } catch (thrown) {
      if (thrown instanceof ModuleError) return thrown.diagnostics;
      throw thrown;
    }
  }

  #stop(controller: Controller): void {
    const stopping = controller.stop();
    this.#stopping.add(stopping);
    void stopping.finally(() => this.#stopping.delete(stopping));
  }
}

/** Items by the names of their modules: `foreach_80_1`; the last part counts items of one name. */
function keyed({ collection, id, hash_string_id: hashed }: ForeachArguments['decoded']): Map<string, Value> {
  const counts = new Map<string, number>();
  return new Map(
    collection.map((item) => {
      const name = nameOf(item, id, hashed);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return [`foreach_${name}_${count}`, item];
    }),
  );
}

function nameOf(item: Value, id: string, hashed: boolean): string {
  const named = id === '' ? item : (asObject(item)?.get(id) ?? item);
  if (named instanceof NumberValue) return plain(numberText(named));
  if (typeof named === 'boolean') return String(named);
  if (typeof named === 'string' && !hashed) return plain(named);
  return createHash('sha256')
    .update(typeof named === 'string' ? named : print(named))
    .digest('hex')
    .slice(0, 16);
}

function plain(text: string): string {
  return text.replace(/[^A-Za-z0-9_]/g, '_');
}
