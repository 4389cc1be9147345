import type { Component, ComponentContext } from './component.ts';
import { Controller } from './controller.ts';
import type { SharedOptions } from './controller-options.ts';
import type { ModuleTemplate } from './definitions.ts';
import type { ModuleArguments } from './evaluate-node.ts';
import type { HasModules } from './has-modules.ts';
import type { Health } from './health.ts';
import { loadModule } from './load-module.ts';
import { templateConfig } from './module-config.ts';
import { untilAborted } from './until-aborted.ts';

/** A custom component: a module of its own, with the arguments of its block as inputs. */
export class ModuleComponent implements Component<ModuleArguments>, HasModules {
  readonly #context: ComponentContext;
  readonly #controller: Controller;
  readonly #shared: SharedOptions;
  #template: ModuleTemplate | undefined;
  #waiting: Health | undefined;

  constructor(context: ComponentContext, args: ModuleArguments, shared: SharedOptions, path: string) {
    this.#context = context;
    this.#shared = shared;
    this.#controller = new Controller({ shared, path, exported: (exports) => context.setExports(exports) });
    this.update(args);
  }

  update({ template, values, around }: ModuleArguments): void {
    if (template === undefined) {
      this.#wait();
      return;
    }
    const inputs = { ...around, arguments: values };
    if (template === this.#template) {
      this.#controller.give(inputs);
      return;
    }
    loadModule(
      this.#controller,
      (namespaceOf) => templateConfig(template, { vocabulary: this.#shared.vocabulary, namespaceOf }),
      inputs,
      this.#context.logger,
    );
    this.#template = template;
    this.#waiting = undefined;
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#controller.start();
    await untilAborted(signal);
    await this.#controller.stop();
  }

  get waits(): boolean {
    return this.#template === undefined;
  }

  health(): Health | undefined {
    return this.#waiting;
  }

  modules(): readonly Controller[] {
    return [this.#controller];
  }

  #wait(): void {
    if (this.#template !== undefined) return;
    const updated = this.#context.clock.now();
    this.#waiting = {
      state: 'unhealthy',
      message: 'the import that it comes from has not been read yet',
      updated,
    };
  }
}
