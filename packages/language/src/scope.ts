import type { Value } from './value.ts';

/** Names and their values, with a parent that is asked for what is not found here. Immutable. */
export class Scope {
  readonly #variables: ReadonlyMap<string, Value>;
  readonly #parent: Scope | undefined;

  constructor(variables: ReadonlyMap<string, Value>, parent?: Scope) {
    this.#variables = variables;
    this.#parent = parent;
  }

  /** A scope inside this one: its names hide those here. */
  child(variables: ReadonlyMap<string, Value>): Scope {
    return new Scope(variables, this);
  }

  /** The value of a name; undefined where it is not defined. */
  lookup(name: string): Value | undefined {
    return this.#variables.get(name) ?? this.#hidden(name);
  }

  /** All names that can be looked up, nearest first. */
  names(): string[] {
    return [...new Set([...this.#variables.keys(), ...(this.#parent?.names() ?? [])])];
  }

  /** `??` skips a variable that is null, so that is told from one that is absent. */
  #hidden(name: string): Value | undefined {
    return this.#variables.has(name) ? null : this.#parent?.lookup(name);
  }
}
