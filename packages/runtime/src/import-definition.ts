import type { BodySchema } from '@pewter/language';
import type { SourceFile } from '@pewter/syntax';
import type { Stability } from './component.ts';
import type { Cancel, Outside } from './outside.ts';

/** Where a module's text comes from, as a record: `import.file`, `import.http`. */
export interface ImportDefinition<A = unknown> {
  /** The dotted name of its block, such as `import.file`. */
  readonly name: string;
  readonly stability: Stability;
  readonly arguments: BodySchema<A>;
  /** The texts where the arguments hold them already, named by the import's id; nothing needs to be read then. */
  known?(args: A, id: string): readonly SourceFile[];
  /** Reads the texts; all of them are one module. Rejects with an Error that says what is wrong. */
  read(outside: Outside, args: A, signal: AbortSignal): Promise<readonly SourceFile[]>;
  /** Calls `changed` whenever it is time to read again, until cancelled. */
  watch(outside: Outside, args: A, changed: () => void): Cancel;
  /** The folder that relative paths inside the module start from: its `module_path`. */
  folder?(args: A): string;
}

/** Checks a definition's types and returns it; the form in which imports are handed to the loader. */
export function defineImport<A>(definition: ImportDefinition<A>): ImportDefinition {
  return definition as ImportDefinition;
}
