import { headRange } from '@pewter/language';
import {
  type Attribute,
  type Block,
  type Body,
  blockName,
  type Diagnostic,
  type SourceFile,
} from '@pewter/syntax';
import type { Stability } from './component.ts';
import { type BlockContext, makeNode, type Place } from './make-node.ts';
import { type GraphNode, isReferable, nameRange } from './node.ts';
import { problem } from './problem.ts';
import { permits } from './stability.ts';
import { isStandardName } from './standard-scope.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Statements with the text that they stand in. */
export interface SourceBody {
  readonly source: SourceFile;
  readonly body: Body;
}

export interface CollectedNodes {
  /** By id, in source order. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes a node of every top-level block of these bodies, which are one config or module. */
export function collectNodes(
  bodies: readonly SourceBody[],
  vocabulary: Vocabulary,
  place: Place = 'root',
  claimedAround: (name: string) => boolean = () => false,
): CollectedNodes {
  const own = ownNames(bodies, vocabulary);
  const claims = (name: string) => own.has(name.split('.')[0] ?? '') || claimedAround(name);
  const context: BlockContext = { vocabulary, place, claims };
  const nodes = new Map<string, GraphNode>();
  const diagnostics: Diagnostic[] = [];
  for (const { source, body } of bodies) {
    for (const statement of body) {
      if (statement.kind === 'attribute') diagnostics.push(topLevelAttribute(statement, source, place));
      else diagnostics.push(...addBlock(statement, source, context, nodes));
    }
  }
  return { nodes, diagnostics };
}

/** The labels of declares and imports: first parts of the names of custom components. */
function ownNames(bodies: readonly SourceBody[], vocabulary: Vocabulary): ReadonlySet<string> {
  const blocks = bodies.flatMap(({ body }) => body).filter((one) => one.kind === 'block');
  const named = blocks.filter((one) => {
    const name = blockName(one);
    return name === 'declare' || vocabulary.imports.has(name);
  });
  return new Set(named.map((one) => one.label?.value ?? ''));
}

function addBlock(
  block: Block,
  source: SourceFile,
  context: BlockContext,
  nodes: Map<string, GraphNode>,
): readonly Diagnostic[] {
  const { node, problem } = makeNode(block, source, context);
  const wrong = problem === undefined ? [] : [problem];
  const earlier = nodes.get(node.id);
  if (earlier !== undefined) {
    // What is in it is checked like that of others, but references mean the first.
    nodes.set(`${node.id}#${nodes.size}`, { ...node, id: `${node.id}#${nodes.size}` });
    return problem === undefined ? [repeated(node, earlier, context.place)] : wrong;
  }
  nodes.set(node.id, node);
  return [
    ...wrong,
    ...stabilityProblem(node, context.vocabulary.stability),
    ...(problem === undefined ? [...unnamed(node), ...needlessLabel(node)] : []),
    ...shadowing(node),
  ];
}

function topLevelAttribute({ name }: Attribute, source: SourceFile, place: Place): Diagnostic {
  if (place === 'declare') {
    return problem(
      'W0602',
      `attribute \`${name.name}\` has no meaning inside of a module`,
      source,
      name.range,
      {
        hint: 'a module holds blocks; what it takes from outside is an `argument` block',
      },
    );
  }
  return problem('E0210', `attribute \`${name.name}\` stands outside of a block`, source, name.range, {
    hint: 'a config holds blocks at its top level; move the attribute into the block that it is meant for',
  });
}

/** Of modules of one name in an imported text the reference takes the first. */
function repeated(node: GraphNode, earlier: GraphNode, place: Place): Diagnostic {
  const related = [
    { source: earlier.source, range: headRange(earlier.block), message: 'first declared here' },
  ];
  if (place === 'import' && node.kind === 'declare') {
    const message = `\`${earlier.id}\` is declared twice, and this one has no effect`;
    const hint = 'give one of them another label';
    return problem('W0605', message, node.source, headRange(node.block), { hint, related });
  }
  const hint =
    node.label === '' ? 'a config has one of these: merge the two' : 'give one of them another label';
  const message = `\`${node.id}\` is declared twice`;
  return problem('E0206', message, node.source, headRange(node.block), { hint, related });
}

function stabilityProblem(
  { definition, block, source }: GraphNode,
  allowed: Stability,
): readonly Diagnostic[] {
  const { name, stability } = definition;
  if (permits(allowed, stability)) return [];
  const message = `\`${name}\` is ${stability}, and only what is ${allowed} may be used`;
  return [
    problem('E0211', message, source, nameRange(block), { hint: `run with --stability.level=${stability}` }),
  ];
}

/** Without a label these load, and most of them can not be made use of. */
function unnamed({ kind, name, label, source, block }: GraphNode): readonly Diagnostic[] {
  if (label !== '' || kind === 'component' || kind === 'config' || kind === 'unknown') return [];
  return [
    problem('W0601', `\`${name}\` has no label`, source, nameRange(block), {
      hint: `name it, as in \`${name} "a_name" { … }\``,
    }),
  ];
}

function needlessLabel({ kind, name, block, source }: GraphNode): readonly Diagnostic[] {
  if (kind !== 'config' || block.label === undefined) return [];
  return [
    problem('W0202', `the label of \`${name}\` has no meaning`, source, block.label.range, {
      hint: 'remove it',
    }),
  ];
}

/** Inside its config such a component hides the functions below that name. */
function shadowing(node: GraphNode): readonly Diagnostic[] {
  const first = node.name.split('.')[0] ?? '';
  if (!isReferable(node) || node.kind === 'unknown' || !isStandardName(first)) return [];
  const message = `\`${node.id}\` hides \`${first}\` of the standard library wherever it is referred to`;
  const hint = `rename it, or refer to functions below \`${first}\` only where it is not referred to`;
  return [problem('W0201', message, node.source, nameRange(node.block), { hint })];
}
