export { type RuntimeCode, runtimeCodes } from './codes.ts';
export * from './component.ts';
export type { ComponentDetails, ComponentInfo, DecodedBody } from './component-info.ts';
export { type ConfigBlockDefinition, loggingBlock } from './config-block.ts';
export type { ConfigGraph, Reference } from './graph.ts';
export * from './health.ts';
export { defineImport, type ImportDefinition } from './import-definition.ts';
export { type LoadedConfig, type LoadOptions, load } from './load.ts';
export {
  createLogger,
  defaultLogSettings,
  errorText,
  type LogControl,
  type LogFormat,
  type LoggerOptions,
  type LogLevel,
  type LogSettings,
} from './logger.ts';
export type { ComponentNode, ConfigNode, GraphNode } from './node.ts';
export type * from './outside.ts';
export { type LoadOutcome, Pipeline, type PipelineOptions } from './pipeline.ts';
export { realListen } from './real-listen.ts';
export { realNameClient } from './real-names.ts';
export { realOutside } from './real-outside.ts';
export { type ComponentRegistry, registryOf } from './registry.ts';
export { permits, stabilityLevels } from './stability.ts';
export type { KnownComponent, Vocabulary } from './vocabulary.ts';
