export type { Diagnostic, Location, Related, Severity } from './diagnostic.ts';
export { hasErrors } from './diagnostic.ts';
export type { Position, Range } from './source.ts';
export { SourceFile } from './source.ts';
export type * from './tree.ts';
