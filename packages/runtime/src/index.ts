export * from './component.ts';
export * from './health.ts';
export type * from './outside.ts';
