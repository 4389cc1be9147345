import { exportsHole, Hole, ObjectValue, type Scope, type Value } from '@pewter/language';
import type { Body, Diagnostic, Severity, SourceFile } from '@pewter/syntax';
import { checkImport } from './check-import.ts';
import { checkCustom, checkForeach, checkUnused } from './check-uses.ts';
import type { ModuleTemplate, Namespace } from './definitions.ts';
import { attributeValues, evaluateBody } from './evaluate-body.ts';
import { evaluationOrder } from './evaluation-order.ts';
import { knownExports } from './known-exports.ts';
import type { ModuleConfig } from './module-config.ts';
import { type Around, withItem } from './module-values.ts';
import { dependenciesOf } from './neighbours.ts';
import { type ForeachNode, type GraphNode, type ImportNode, otherId } from './node.ts';
import type { Prefetched } from './prefetch.ts';
import type { ResolveImports } from './resolve-imports.ts';
import { scopeFor } from './scope-for.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What one check shares over all modules. */
export interface CheckContext {
  readonly vocabulary: Vocabulary;
  readonly standard: Scope;
  /** What the imports whose text is known have brought. */
  readonly namespaces: Map<ImportNode, Namespace>;
  /** Bodies of declares that something uses. */
  readonly used: Set<Body>;
  /** The modules that this check is inside of, outermost first. */
  readonly chain: readonly Body[];
  /** The imported texts that this check is inside of. */
  readonly importing: readonly SourceFile[];
  /** How far imports are followed; absent: as far as their texts are known. */
  readonly resolveImports?: ResolveImports | undefined;
  /** Texts that were read ahead. */
  readonly prefetched?: Prefetched | undefined;
  /** How bad mistakes in modules are that nothing uses. */
  readonly unused: Severity;
}

/** What a module is given from outside. */
export interface ModuleValues extends Around {
  /** Undefined: not known, as for a module that nothing uses. */
  readonly arguments?: ReadonlyMap<string, Value>;
}

export interface CheckedModule {
  readonly diagnostics: readonly Diagnostic[];
  /** By label: values where they are known, holes where not. */
  readonly exports: ReadonlyMap<string, Value>;
}

export const noValues: ModuleValues = { variables: new Map(), outer: new Map() };

/** Mistakes that a reference already reported as unknown makes once more in evaluation. */
const echoes: ReadonlySet<string> = new Set(['E0301', 'E0302', 'E0303']);

/**
 * Checks every body of a module against its schema without running anything: exports of components, variables
 * of the environment and files are holes. Modules are checked once for each use, with what it gives them.
 */
export function checkModule(
  config: ModuleConfig,
  context: CheckContext,
  given: ModuleValues = noValues,
): CheckedModule {
  const check = new ModuleCheck(config, context, given);
  const diagnostics = evaluationOrder(config.graph).flatMap((id) => check.node(id));
  const unused = checkUnused(check);
  const own = diagnostics.filter((one) => !isEcho(one, config.diagnostics));
  return { diagnostics: [...own, ...unused], exports: check.exports };
}

/** One module while it is checked: the values of its nodes so far. */
export class ModuleCheck {
  readonly config: ModuleConfig;
  readonly context: CheckContext;
  readonly exports = new Map<string, Value>();
  readonly #given: ModuleValues;
  readonly #values = new Map<string, Value>();
  readonly #around: Scope;

  constructor(config: ModuleConfig, context: CheckContext, given: ModuleValues) {
    this.config = config;
    this.context = context;
    this.#given = given;
    this.#around = context.standard.child(new Map([['module_path', config.folder], ...given.variables]));
  }

  /** Checks one node, whose dependencies have been, and remembers what it exports. */
  node(id: string): readonly Diagnostic[] {
    const node = this.config.nodes.get(id);
    if (node === undefined || node.kind === 'declare' || node.kind === 'unknown') return [];
    const scope = scopeFor(this.outerFor(id), this.#around);
    if (node.kind === 'custom') {
      const { diagnostics, value } = checkCustom(node, scope, this);
      this.#values.set(id, value);
      return diagnostics;
    }
    const checked = evaluateBody(node, scope, { checking: true });
    if (node.kind === 'foreach') return [...checked.diagnostics, ...checkForeach(node, scope, this)];
    if (node.kind === 'import') return [...checked.diagnostics, ...checkImport(node, checked, this)];
    this.#remember(node, scope);
    return checked.diagnostics;
  }

  /** What a module that a template makes sees of what is around it; see `Definitions.sees`. */
  aroundOf({ definitions }: ModuleTemplate): Around {
    if (definitions.sees === undefined) return noValues;
    const { variables, outer } = this.#given;
    return { variables, outer };
  }

  /** What the template of a foreach sees with this item. */
  itemAround(node: ForeachNode, item: Value): Around {
    return withItem({ variables: this.#given.variables, outer: this.outerFor(node.id) }, node.variable, item);
  }

  /** Exports of what a node refers to, and what the module sees of those around it. */
  outerFor(id: string): ReadonlyMap<string, Value> {
    const needed = dependenciesOf(this.config.graph, id);
    const own = needed.map((one): [string, Value] => [
      one,
      this.#values.get(one) ?? new Hole(undefined, one),
    ]);
    const misnamed = needed.flatMap((one): [string, Value][] => {
      const node = this.config.nodes.get(one);
      const other = node && otherId(node);
      return other === undefined ? [] : [[other, new Hole(undefined, one)]];
    });
    return new Map([...this.#given.outer, ...own, ...misnamed]);
  }

  #remember(node: GraphNode, scope: Scope): void {
    const values = attributeValues(node.block.body, scope);
    if (node.kind === 'component') {
      this.#values.set(node.id, exportsHole(knownExports(node.definition.exports, values), node.id));
    }
    if (node.kind === 'export') this.exports.set(node.label, values.get('value') ?? new Hole());
    if (node.kind === 'argument') {
      const given = this.#given.arguments;
      const known = given === undefined ? new Hole(undefined, `${node.id}.value`) : given.get(node.label);
      this.#values.set(node.id, new ObjectValue([['value', known ?? values.get('default') ?? null]]));
    }
  }
}

function isEcho(one: Diagnostic, reported: readonly Diagnostic[]): boolean {
  return echoes.has(one.code) && reported.some((earlier) => overlaps(one, earlier));
}

function overlaps({ location: a }: Diagnostic, { location: b }: Diagnostic): boolean {
  if (a === undefined || b === undefined || a.source !== b.source) return false;
  return a.range.start < b.range.end && b.range.start < a.range.end;
}
