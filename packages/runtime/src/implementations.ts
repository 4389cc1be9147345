import type { ComponentDefinition, ComponentImplementation } from './component.ts';
import { errorText } from './error-text.ts';

/**
 * The code of components, read before it is needed, so that building them takes no waiting. What can not be read is
 * told when it is built, and tried again with the next load.
 */
export class Implementations {
  readonly #read = new Map<ComponentDefinition, ComponentImplementation>();
  readonly #failed = new Map<ComponentDefinition, unknown>();

  /** Reads the code of a component, once. Never rejects. */
  async load(definition: ComponentDefinition): Promise<void> {
    if (this.#read.has(definition)) return;
    try {
      this.#read.set(definition, await definition.implementation());
      this.#failed.delete(definition);
    } catch (thrown) {
      this.#failed.set(definition, thrown);
    }
  }

  /** The code of a component that was asked for by {@link load}. Throws an Error that says why it could not be read. */
  of(definition: ComponentDefinition): ComponentImplementation {
    const found = this.#read.get(definition);
    if (found !== undefined) return found;
    const cause = this.#failed.get(definition);
    const reason = this.#failed.has(definition) ? errorText(cause) : 'it was not asked for';
    throw new Error(`the code of ${definition.name} could not be read: ${reason}`, { cause });
  }
}
