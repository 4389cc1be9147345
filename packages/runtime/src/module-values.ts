import type { Value } from '@pewter/language';

/** What a running module is given from outside. */
export interface ModuleInputs {
  /** Of a custom component, by name. */
  readonly arguments: ReadonlyMap<string, Value>;
  /** The item of a `foreach`, by its name. */
  readonly variables: ReadonlyMap<string, Value>;
  /** Exports of the modules around, by id; only a `foreach` sees them. */
  readonly outer: ReadonlyMap<string, Value>;
}

export const noInputs: ModuleInputs = { arguments: new Map(), variables: new Map(), outer: new Map() };
