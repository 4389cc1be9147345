import type { Value } from '@pewter/language';
import { type Body, blockName, type Diagnostic, parse, type SourceFile } from '@pewter/syntax';
import { collectNodes, type SourceBody } from './collect-nodes.ts';
import { cycleDiagnostics } from './cycles.ts';
import { Definitions, type Missing, type ModuleTemplate, type Namespace } from './definitions.ts';
import { buildGraph, type ConfigGraph, type Reference } from './graph.ts';
import type { Place } from './make-node.ts';
import { withMisled } from './misled.ts';
import { type GraphNode, type ImportNode, isRepeated } from './node.ts';
import { recursiveDeclares } from './recursive-declares.ts';
import type { NameChain } from './reference.ts';
import { permits } from './stability.ts';
import { isStandardName } from './standard-scope.ts';
import { refuseUnsupported } from './unsupported.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What stands around a module. */
export interface Surroundings {
  readonly place: Place;
  readonly vocabulary: Vocabulary;
  /** What the import nodes of this module have brought. */
  readonly namespaceOf: (node: ImportNode) => Namespace;
  /** The `module_path` of its expressions. */
  readonly folder: Value;
  readonly parent?: Definitions;
  /** Whether a chain names something of the modules around, which only a `foreach` sees, and what is declared in one. */
  readonly sees?: (chain: NameChain) => boolean;
}

/** A config or module as a graph; nothing has been evaluated. */
export interface ModuleConfig {
  readonly place: Place;
  /** By id, in source order. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly graph: ConfigGraph;
  readonly definitions: Definitions;
  readonly folder: Value;
  /** Whether a chain names something that is not of this module. */
  readonly sees: (chain: NameChain) => boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Blocks to nodes, references to edges. The config itself and every module are read by this. */
export function moduleConfig(bodies: readonly SourceBody[], around: Surroundings): ModuleConfig {
  const { place, vocabulary, parent, folder, namespaceOf, sees } = around;
  const collected = collectNodes(bodies, vocabulary, place, (name) => parent?.claims(name) ?? false);
  const nodes = [...collected.nodes.values()];
  const named = nodes.filter((one) => !isRepeated(one));
  const declares = named.filter((one) => one.kind === 'declare');
  // What is imported is looked at when it is used.
  const recursive = recursiveDeclares(place === 'import' ? [] : declares);
  const definitions = new Definitions({
    declares,
    imports: named.filter((one) => one.kind === 'import'),
    namespaceOf,
    folder,
    parent,
    recursive: new Set(recursive.keys()),
    sees,
  });
  const seen = (chain: NameChain) => {
    const first = chain.names[0]?.name ?? '';
    return first === 'module_path' || isStandardName(first) || (sees?.(chain) ?? false);
  };
  const built = buildGraph(collected.nodes, seen);
  addImportEdges(built.graph, nodes, definitions);
  const diagnostics = [
    ...withMisled(collected.diagnostics, [...built.misled, ...toForbidden(nodes, built.graph, vocabulary)]),
    ...refuseUnsupported(nodes, vocabulary),
    ...built.diagnostics,
    ...cycleDiagnostics(built.graph, [...collected.nodes.keys()]),
    ...recursive.values(),
  ];
  const { nodes: byId } = collected;
  return { place, nodes: byId, graph: built.graph, definitions, folder, sees: seen, diagnostics };
}

/** References to what may not be used at this stability level. */
function toForbidden(
  nodes: readonly GraphNode[],
  graph: ConfigGraph,
  { stability }: Vocabulary,
): readonly Reference[] {
  const forbidden = nodes.filter(({ definition }) => !permits(stability, definition.stability));
  return forbidden.flatMap(({ id }) => (graph.outEdges(id) ?? []).map((edge) => graph.edge(edge)));
}

/** The same config, with imports that are asked elsewhere for what they have brought. */
export function withNamespaces(config: ModuleConfig, namespaceOf: Surroundings['namespaceOf']): ModuleConfig {
  return { ...config, definitions: config.definitions.within(namespaceOf) };
}

/** The module that a template makes, in the hands of one user. */
export function templateConfig(
  template: ModuleTemplate,
  around: Pick<Surroundings, 'vocabulary' | 'namespaceOf'>,
): ModuleConfig {
  const { body, source, definitions: parent, folder } = template;
  const { sees } = parent;
  const visible = sees === undefined ? {} : { sees };
  return moduleConfig([{ source, body }], { ...around, ...visible, place: 'declare', parent, folder });
}

/** The module of imported texts, or why they make none. */
export function importedConfig(
  texts: readonly SourceFile[],
  around: Omit<Surroundings, 'place'>,
): ModuleConfig | Missing {
  const parsed = texts.map((one) => parse(one));
  const bodies = parsed.map(({ file }) => file);
  const config = moduleConfig(bodies, { ...around, place: 'import' });
  const diagnostics = [...parsed.flatMap((one) => one.diagnostics), ...config.diagnostics];
  return missingOf(diagnostics) ?? { ...config, diagnostics };
}

/** Why an imported module cannot be used; undefined where nothing is an error. */
export function missingOf(diagnostics: readonly Diagnostic[]): Missing | undefined {
  const errors = diagnostics.filter((one) => one.severity === 'error');
  const [first] = errors;
  if (first === undefined) return undefined;
  const related = errors.flatMap(({ message, location }) =>
    location === undefined ? [] : [{ ...location, message }],
  );
  return { missing: `the imported module cannot be used: ${first.message}`, related };
}

/** What uses an import, itself or in a module of this config, is evaluated after it and again when it brings another text. */
function addImportEdges(graph: ConfigGraph, nodes: readonly GraphNode[], definitions: Definitions): void {
  for (const node of nodes) {
    for (const from of importsUsed(node, definitions)) {
      if (graph.hasEdge(from.id, node.id)) continue;
      graph.setEdge(from.id, node.id, { from: node, to: from, range: node.block.range });
    }
  }
}

function importsUsed(node: GraphNode, definitions: Definitions): ReadonlySet<ImportNode> {
  const found = new Set<ImportNode>();
  const visited = new Set<Body>();
  const use = (name: string) => {
    const from = definitions.ownImportOf(name);
    if (from !== undefined) found.add(from);
    const declare = definitions.declareOf(name);
    if (declare !== undefined) visit(declare.template);
  };
  const visit = (body: Body) => {
    if (visited.has(body)) return;
    visited.add(body);
    for (const one of body) {
      if (one.kind !== 'block') continue;
      use(blockName(one));
      visit(one.body);
    }
  };
  if (node.kind === 'custom') use(node.name);
  if (node.kind === 'foreach') visit(node.template);
  return found;
}
