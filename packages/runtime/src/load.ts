import { type Diagnostic, type File, hasErrors, parse, type SourceFile } from '@pewter/syntax';
import { checkNodes } from './check-nodes.ts';
import { collectNodes, type Vocabulary } from './collect-nodes.ts';
import { type ConfigBlockDefinition, loggingBlock } from './config-block.ts';
import { buildGraph, type ConfigGraph } from './graph.ts';
import type { GraphNode } from './node.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import { isStandardName } from './standard-scope.ts';

export interface LoadOptions extends Omit<Vocabulary, 'configBlocks'> {
  /** All files of the config; those of a folder are one. */
  readonly sources: readonly SourceFile[];
  /** Blocks that configure the program, besides `logging`. */
  readonly configBlocks?: Iterable<ConfigBlockDefinition>;
}

/** A config as far as it can be read without running anything. */
export interface LoadedConfig {
  readonly sources: readonly SourceFile[];
  readonly files: readonly File[];
  /** By id, in source order. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly graph: ConfigGraph;
  /** Sorted by place. With an error among them the config must not run. */
  readonly diagnostics: readonly Diagnostic[];
  readonly ok: boolean;
}

/**
 * Reads a config: text to trees, blocks to nodes, references to edges, and every body checked against its
 * schema with the exports of the others as holes of known types. Builds nothing and reaches nothing outside.
 * Running, validating and every tool begin here.
 */
export function load(options: LoadOptions): LoadedConfig {
  const parsed = options.sources.map((source) => parse(source));
  const files = parsed.map((one) => one.file);
  const configBlocks = new Map([loggingBlock, ...(options.configBlocks ?? [])].map((one) => [one.name, one]));
  const collected = collectNodes(files, { ...options, configBlocks });
  const built = buildGraph(collected.nodes, isStandardName);
  const checked = checkNodes(collected.nodes, built, options.stability);
  const diagnostics = sortDiagnostics(
    [...parsed.flatMap((one) => one.diagnostics), ...collected.diagnostics, ...built.diagnostics, ...checked],
    options.sources,
  );
  const { sources } = options;
  return {
    sources,
    files,
    nodes: collected.nodes,
    graph: built.graph,
    diagnostics,
    ok: !hasErrors(diagnostics),
  };
}
