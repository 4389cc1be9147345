export { EvaluationError } from './error.ts';
export { Hole } from './hole.ts';
export type * from './schema.ts';
export * from './schema.ts';
export { Secret } from './secret.ts';
export type * from './type.ts';
export * from './value.ts';
