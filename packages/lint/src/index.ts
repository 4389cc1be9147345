export { type LintCode, lintCodes } from './codes.ts';
export { Linter, type NamedLint, namedLints } from './linter.ts';
