import { dirname } from 'node:path';
import { type Diagnostic, type File, hasErrors, parse, type SourceFile } from '@pewter/syntax';
import { type CheckContext, checkModule } from './check-module.ts';
import type { RuntimeCode } from './codes.ts';
import { type ConfigBlockDefinition, loggingBlock } from './config-block.ts';
import type { Namespace } from './definitions.ts';
import { dropEchoes } from './drop-echoes.ts';
import type { ConfigGraph } from './graph.ts';
import type { ImportDefinition } from './import-definition.ts';
import { importFile } from './import-file.ts';
import { importString } from './import-string.ts';
import { type ModuleConfig, moduleConfig } from './module-config.ts';
import type { GraphNode, ImportNode } from './node.ts';
import type { Prefetched } from './prefetch.ts';
import type { ResolveImports } from './resolve-imports.ts';
import { mergeDiagnostics } from './sort-diagnostics.ts';
import { standardScope } from './standard-scope.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface LoadOptions extends Omit<Vocabulary, 'configBlocks' | 'imports'> {
  /** All files of the config; those of a folder are one. */
  readonly sources: readonly SourceFile[];
  /** Blocks that configure the program, besides `logging`. One of that name replaces it. */
  readonly configBlocks?: Iterable<ConfigBlockDefinition>;
  /**
   * Mistakes in a config that is nothing but modules are errors, though such a config loads: its text is only
   * ever used from elsewhere.
   */
  readonly checkLibraries?: boolean;
  /** Sources of modules, besides `import.string` and `import.file`. */
  readonly imports?: Iterable<ImportDefinition>;
  /** How far imports are followed; absent: as far as their texts are known. */
  readonly resolveImports?: ResolveImports;
  /** Texts of imports that were read ahead. */
  readonly prefetched?: Prefetched;
}

/** A config as far as it can be read without running anything. */
export interface LoadedConfig {
  readonly sources: readonly SourceFile[];
  readonly files: readonly File[];
  /** By id, in source order. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly graph: ConfigGraph;
  /** The config as a module, from which it is run. */
  readonly root: ModuleConfig;
  /** Sorted by place. With an error among them the config must not run. */
  readonly diagnostics: readonly Diagnostic[];
  readonly ok: boolean;
  /** False where blocks and references themselves are wrong; what is wrong otherwise is inside of bodies. */
  readonly sound: boolean;
}

/**
 * Reads a config: text to trees, blocks to nodes, references to edges, and every body checked against its
 * schema with the exports of the others as holes of known types. Builds nothing and reaches nothing outside.
 * Running, validating and every tool begin here.
 */
export function load(options: LoadOptions): LoadedConfig {
  const { sources, stability, resolveImports, prefetched } = options;
  const vocabulary = vocabularyOf(options);
  const parsed = sources.map((source) => parse(source));
  const files = parsed.map((one) => one.file);
  const namespaces = new Map<ImportNode, Namespace>();
  const config = rootConfig(files, vocabulary, (node) => namespaces.get(node) ?? 'unread');
  const standard = standardScope(undefined, stability);
  const unused = options.checkLibraries === true && isLibrary(config) ? 'error' : 'warning';
  const known = { vocabulary, standard, namespaces, resolveImports, prefetched };
  const context: CheckContext = { ...known, used: new Set(), chain: [], importing: [], unused };
  const structure = [...parsed.flatMap((one) => one.diagnostics), ...config.diagnostics];
  const found = [...structure, ...checkModule(config, context).diagnostics].map(
    (one): Diagnostic => (worthlessModules.has(one.code) ? { ...one, severity: unused } : one),
  );
  const diagnostics = mergeDiagnostics(dropEchoes(found, files), sources);
  const { nodes, graph } = config;
  return {
    sources,
    files,
    nodes,
    graph,
    root: config,
    diagnostics,
    ok: !hasErrors(diagnostics),
    sound: !hasErrors(structure),
  };
}

/** What does no harm where something else runs, and leaves a file of modules without use. */
const worthlessModules: ReadonlySet<string> = new Set<RuntimeCode>(['W0601', 'W0602']);

/** True when nothing in a config would run: it holds modules for others. */
function isLibrary({ nodes }: ModuleConfig): boolean {
  return ![...nodes.values()].some(({ kind }) => ['component', 'custom', 'foreach'].includes(kind));
}

/** The config itself as a module without anything around it. */
function rootConfig(
  files: readonly File[],
  vocabulary: Vocabulary,
  namespaceOf: (node: ImportNode) => Namespace,
): ModuleConfig {
  const folder = dirname(files[0]?.source.name ?? '.');
  return moduleConfig(files, { place: 'root', vocabulary, namespaceOf, folder });
}

/** What a config may name, with what the runtime itself knows. */
export function vocabularyOf(options: Omit<LoadOptions, 'sources'>): Vocabulary {
  const named = <T extends { readonly name: string }>(all: readonly T[]) =>
    new Map(all.map((one) => [one.name, one]));
  return {
    registry: options.registry,
    stability: options.stability,
    ...(options.unsupported === undefined ? {} : { unsupported: options.unsupported }),
    ...(options.knownComponents === undefined ? {} : { knownComponents: options.knownComponents }),
    configBlocks: named<ConfigBlockDefinition>([loggingBlock, ...(options.configBlocks ?? [])]),
    imports: named<ImportDefinition>([importString, importFile, ...(options.imports ?? [])]),
  };
}
