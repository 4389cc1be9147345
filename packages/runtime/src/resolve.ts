import { didYouMean } from '@pewter/language';
import type { Diagnostic, Range } from '@pewter/syntax';
import { type GraphNode, isReferable, isRepeated, otherId } from './node.ts';
import type { NameChain } from './reference.ts';

export interface Resolved {
  readonly node: GraphNode;
  /** The part of the chain that names the node. */
  readonly range: Range;
}

/** The component that the beginning of a chain names; undefined: none does. */
export function resolveChain(chain: NameChain, nodes: ReadonlyMap<string, GraphNode>): Resolved | undefined {
  let id = '';
  for (const name of chain.names) {
    id = id === '' ? name.name : `${id}.${name.name}`;
    const node = nodes.get(id);
    if (node !== undefined && isReferable(node))
      return { node, range: { start: chain.range.start, end: name.range.end } };
  }
  return undefined;
}

/** All arguments of a module, where a chain is `argument` alone, as in `argument["a"].value`. */
export function allArguments(
  { names }: NameChain,
  nodes: ReadonlyMap<string, GraphNode>,
): readonly GraphNode[] {
  if (names.length !== 1 || names[0]?.name !== 'argument') return [];
  return [...nodes.values()].filter(({ kind }) => kind === 'argument');
}

/** The block that a chain means, where that block is misspelt or has no label. */
export function resolveMisnamed(
  chain: NameChain,
  nodes: ReadonlyMap<string, GraphNode>,
): Resolved | undefined {
  const misnamed = new Map<string, GraphNode>();
  for (const one of nodes.values()) {
    const id = otherId(one);
    if (id !== undefined) misnamed.set(id, one);
  }
  return misnamed.size === 0 ? undefined : resolveChain(chain, misnamed);
}

/** A chain that names nothing, with what it may have meant. */
export function unknownReference(
  node: GraphNode,
  chain: NameChain,
  nodes: ReadonlyMap<string, GraphNode>,
): Diagnostic {
  const names = chain.names.map((name) => name.name);
  const hint = hintFor(
    names,
    [...nodes.values()].filter((one) => isReferable(one) && !isRepeated(one) && one !== node),
  );
  return {
    severity: 'error',
    code: 'E0207',
    message: `there is ${nothingCalled(names)} here`,
    location: { source: node.source, range: chain.range },
    ...(hint === undefined ? {} : { hint }),
  };
}

function nothingCalled(names: readonly string[]): string {
  const [first, second] = names;
  if (first === 'argument' && second !== undefined) return `no argument \`${second}\``;
  return `${names.length === 1 ? 'nothing' : 'no component'} called \`${names.join('.')}\``;
}

function hintFor(names: readonly string[], nodes: readonly GraphNode[]): string | undefined {
  return siblingHint(names, nodes) ?? typingHint(names, nodes) ?? declaringHint(names);
}

/** The component's name is right: the label is missing or names none. */
function siblingHint(names: readonly string[], nodes: readonly GraphNode[]): string | undefined {
  const siblings = nodes.filter(
    (node) => names.slice(0, node.name.split('.').length).join('.') === node.name,
  );
  const first = siblings[0];
  if (first === undefined) return undefined;
  const label = names[first.name.split('.').length] ?? '';
  const likely =
    siblings.length === 1
      ? first.label
      : didYouMean(
          label,
          siblings.map((one) => one.label),
        );
  const value = first.kind === 'argument' ? '.value' : '';
  if (likely !== undefined) return `did you mean \`${first.name}.${likely}${value}\`?`;
  return `there are ${siblings.map((one) => `\`${one.id}\``).join(', ')}`;
}

function typingHint(names: readonly string[], nodes: readonly GraphNode[]): string | undefined {
  const lengths = new Set(nodes.map((node) => node.id.split('.').length));
  for (const length of lengths) {
    const candidates = nodes.filter((node) => node.id.split('.').length === length).map((node) => node.id);
    const likely = didYouMean(names.slice(0, length).join('.'), candidates);
    if (likely !== undefined) return `did you mean \`${likely}\`?`;
  }
  return undefined;
}

function declaringHint(names: readonly string[]): string {
  if (names[0] === 'argument' && names.length > 1)
    return `a module has those that it declares: \`argument "${names[1]}" { }\``;
  if (names.length === 1)
    return 'put a text in double quotes; a reference has the form `COMPONENT.LABEL.FIELD`';
  if (names.length < 4)
    return 'a reference has the form `COMPONENT.LABEL.FIELD`, as in `discovery.http.pods.targets`';
  return `declare it: \`${names.slice(0, -2).join('.')} "${names.at(-2)}" { … }\``;
}
