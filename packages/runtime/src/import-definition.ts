import type { BodySchema } from '@pewter/language';
import type { SourceFile } from '@pewter/syntax';
import type { Stability } from './component.ts';
import type { Cancel, Outside } from './outside.ts';

/** What a source of modules is given of the world. */
export interface ImportOutside extends Outside {
  /** The folder below which the program keeps what it needs again; a source has `NAME_OF_ITS_BLOCK` in it. */
  readonly storagePath: string;
}

/** What an import's source gave. */
export interface Imported {
  /** All of them are one module. */
  readonly texts: readonly SourceFile[];
  /** What relative paths inside the module start from: its `module_path`; that of the importing config where absent. */
  readonly folder?: string;
  /** Why this is not what the source holds now but an older copy of it. */
  readonly stale?: string;
}

/** Where a module's text comes from, as a record: `import.file`, `import.http`. */
export interface ImportDefinition<A = unknown> {
  /** The dotted name of its block, such as `import.file`. */
  readonly name: string;
  readonly stability: Stability;
  readonly arguments: BodySchema<A>;
  /** What reading it reaches: nothing but its arguments, the files of this machine, or others. */
  readonly reach: 'arguments' | 'files' | 'network';
  /** The texts where the arguments hold them already, named by the import's id; nothing needs to be read then. */
  known?(args: A, id: string): readonly SourceFile[];
  /** Reads the texts. Rejects with an Error that says what is wrong, without secrets. */
  read(outside: ImportOutside, args: A, signal: AbortSignal): Promise<Imported>;
  /** Calls `changed` whenever it is time to read again, until cancelled. */
  watch(outside: ImportOutside, args: A, changed: () => void): Cancel;
}

/** Checks a definition's types and returns it; the form in which imports are handed to the loader. */
export function defineImport<A>(definition: ImportDefinition<A>): ImportDefinition {
  return definition as ImportDefinition;
}
