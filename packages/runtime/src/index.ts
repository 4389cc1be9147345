export { type RuntimeCode, runtimeCodes } from './codes.ts';
export * from './component.ts';
export type { ComponentDetails, ComponentInfo, DecodedBody } from './component-info.ts';
export { type ConfigBlockDefinition, loggingBlock } from './config-block.ts';
export type * from './database.ts';
export { DatabaseError, type DatabaseProblem } from './database.ts';
export { errorText } from './error-text.ts';
export type { ConfigGraph, Reference } from './graph.ts';
export * from './health.ts';
export {
  defineImport,
  type ImportDefinition,
  type Imported,
  type ImportOutside,
} from './import-definition.ts';
export { importFile } from './import-file.ts';
export { importString } from './import-string.ts';
export { type LoadedConfig, type LoadOptions, load } from './load.ts';
export type { LogControl, LogFormat, LoggerOptions, LogLevel, LogSettings } from './logger.ts';
export { argumentBlock, declareBlock, exportBlock, foreachBlock } from './module-blocks.ts';
export type { ComponentNode, ConfigNode, GraphNode } from './node.ts';
export type * from './outside.ts';
export type { LoadOutcome, Pipeline, PipelineOptions } from './pipeline.ts';
export { pollEvery } from './poll-every.ts';
export { readModuleFiles } from './read-module-files.ts';
export { type ComponentRegistry, registryOf } from './registry.ts';
export { loadResolved, type ResolveImports, resolveImportsLevels } from './resolve-imports.ts';
export { permits, stabilityLevels } from './stability.ts';
export type * from './tracer.ts';
export type { KnownComponent, Vocabulary } from './vocabulary.ts';
