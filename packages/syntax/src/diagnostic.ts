import type { Range, SourceFile } from './source.ts';

/** How bad it is: an error stops a config from loading, a warning does not. */
export type Severity = 'error' | 'warning';

/** A place in a text. */
export interface Location {
  readonly source: SourceFile;
  readonly range: Range;
}

/** A further place that explains a diagnostic, such as the first of two blocks of one name. */
export interface Related extends Location {
  readonly message: string;
}

/**
 * One thing to say about a config, as a value. Checks make diagnostics; only the renderers make text of
 * them.
 */
export interface Diagnostic {
  readonly severity: Severity;
  /** Stable name of the kind of mistake, such as `E0102`; each has a paragraph in docs/diagnostics.md. */
  readonly code: string;
  /** What is wrong, in one sentence without a final stop. */
  readonly message: string;
  /** Where; absent only where no text is at fault (an unreadable file). */
  readonly location?: Location;
  /** What to do about it, in one sentence without a final stop. */
  readonly hint?: string;
  readonly related?: readonly Related[];
}

/** True when one of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
