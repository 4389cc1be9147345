import type { GraphNode, LoadedConfig } from '@pewter/runtime';
import { type Block, type Body, blockName, type Diagnostic, type File } from '@pewter/syntax';

/**
 * The diagnostics of a config that matter to the components of one family (`pyroscope`): of these, of all that feeds
 * them, and of what they feed. Mistakes of syntax stay, wherever they are: behind one nothing is certain.
 */
export function sliceDiagnostics(config: LoadedConfig, family: string): readonly Diagnostic[] {
  const inside = (name: string) => name === family || name.startsWith(`${family}.`);
  const kept = keptNodes(config, inside);
  const blocks = config.files.flatMap((file) =>
    droppedBlocks(file, kept, inside).map((block) => ({ file, block })),
  );
  return config.diagnostics.filter(({ code, location }) => {
    if (location === undefined || code.startsWith('E01')) return true;
    return !blocks.some(
      ({ file, block }) =>
        file.source === location.source &&
        block.range.start <= location.range.start &&
        location.range.end <= block.range.end,
    );
  });
}

function keptNodes({ nodes, graph }: LoadedConfig, inside: (name: string) => boolean): ReadonlySet<string> {
  const all = [...nodes.values()];
  const modules = new Set(all.filter((node) => holds(node, inside)).map(({ label }) => label));
  const uses = (node: GraphNode) => node.kind === 'custom' && modules.has(node.name.split('.')[0] ?? '');
  const first = all.filter((node) => inside(node.name) || holds(node, inside) || uses(node));
  const fed = reach(
    first.map(({ id }) => id),
    (id) => graph.successors(id) ?? [],
  );
  return reach(fed, (id) => [...(graph.predecessors(id) ?? []), ...declaredBy(nodes.get(id))]);
}

/** A module that has such a component in it. */
function holds(node: GraphNode, inside: (name: string) => boolean): boolean {
  if (node.kind !== 'declare' && node.kind !== 'foreach') return false;
  return blocksIn(node.template).some((block) => inside(blockName(block)));
}

function blocksIn(body: Body): readonly Block[] {
  return body.flatMap((statement) =>
    statement.kind === 'block' ? [statement, ...blocksIn(statement.body)] : [],
  );
}

/** What a custom component is made of. */
function declaredBy(node: GraphNode | undefined): readonly string[] {
  if (node?.kind !== 'custom') return [];
  const name = node.name.split('.')[0] ?? '';
  return [`declare.${name}`, ...['file', 'string', 'http', 'git'].map((kind) => `import.${kind}.${name}`)];
}

function reach(from: Iterable<string>, next: (id: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set(from);
  for (const id of reached) for (const one of next(id)) reached.add(one);
  return reached;
}

/** The top-level blocks of a file that are no business of the slice. */
function droppedBlocks(
  file: File,
  kept: ReadonlySet<string>,
  inside: (name: string) => boolean,
): readonly Block[] {
  return file.body.filter((one): one is Block => {
    if (one.kind !== 'block') return false;
    const name = blockName(one);
    return !inside(name) && !kept.has(`${name}.${one.label?.value ?? ''}`);
  });
}
