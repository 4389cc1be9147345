import { type BodySchema, Hole, isArray, ObjectValue, type Scope, type Value } from '@pewter/language';
import type { Diagnostic } from '@pewter/syntax';
import { type CheckContext, checkModule, type ModuleCheck, type ModuleValues } from './check-module.ts';
import type { ModuleTemplate } from './definitions.ts';
import { attributeValues, evaluateBody } from './evaluate-body.ts';
import { foreachConfig } from './foreach-config.ts';
import { explainMissing } from './missing-arguments.ts';
import { type ModuleConfig, templateConfig } from './module-config.ts';
import { argumentsOf, openSchema } from './module-schema.ts';
import { type CustomNode, type ForeachNode, isRepeated, nameRange } from './node.ts';
import { problem } from './problem.ts';
import { toldUnused } from './told-unused.ts';
import { usedAt } from './used-at.ts';

/** Items of one collection that are looked at; the rest are of the same kind as a rule. */
const mostItems = 50;

interface CheckedUse {
  readonly diagnostics: readonly Diagnostic[];
  /** What references to it see. */
  readonly value: Value;
}

/** Checks a custom component: what it is given, and its module with that. */
export function checkCustom(node: CustomNode, scope: Scope, { config, context }: ModuleCheck): CheckedUse {
  const found = config.definitions.find(node.name);
  if (found === 'unread') {
    const { diagnostics } = evaluateBody(node, scope, { checking: true }, openSchema(node.block.body));
    return { diagnostics, value: new Hole(undefined, node.id) };
  }
  if ('missing' in found) {
    const { missing, ...more } = found;
    return {
      diagnostics: [problem('E0601', missing, node.source, nameRange(node.block), more)],
      value: new Hole(undefined, node.id),
    };
  }
  if (context.chain.includes(found.body)) return { diagnostics: [recursion(node)], value: new Hole() };
  const schema = argumentsOf(found);
  const { diagnostics } = evaluateBody(node, scope, { checking: true }, schema);
  const given = new Map([...missed(schema), ...attributeValues(node.block.body, scope)]);
  const inside = checkTemplate(found, context, { arguments: given });
  return {
    diagnostics: [
      ...explainMissing(diagnostics, node, found),
      ...usedAt(inside.diagnostics, node, config.definitions),
    ],
    value: new ObjectValue(inside.exports),
  };
}

/** Required arguments, which a module is not made without: that one is not given is one mistake, and what it would be is not known. */
function missed({ fields }: BodySchema): readonly [string, Value][] {
  return Object.entries(fields).flatMap(([name, { required }]) => (required ? [[name, new Hole()]] : []));
}

/** Checks the template of a foreach for each item, or for one that is not known. */
export function checkForeach(node: ForeachNode, scope: Scope, check: ModuleCheck): readonly Diagnostic[] {
  const { context, config } = check;
  const collection = attributeValues(node.block.body, scope).get('collection') ?? null;
  const inner = foreachConfig(node, config, {
    vocabulary: context.vocabulary,
    namespaceOf: (one) => context.namespaces.get(one) ?? 'unread',
  });
  const within = { ...context, chain: [...context.chain, node.template] };
  const outer = check.outerFor(node.id);
  const checked = itemsOf(collection).flatMap((item) => {
    const variables = new Map(node.variable === undefined ? [] : [[node.variable, item]]);
    return checkModule(inner, within, { variables, outer }).diagnostics;
  });
  return [...inner.diagnostics, ...checked];
}

/** Mistakes in what is declared and used nowhere: told, but no reason not to run. */
export function checkUnused(config: ModuleConfig, context: CheckContext): readonly Diagnostic[] {
  const unused = [...config.nodes.values()].filter(
    (node) => node.kind === 'declare' && !isRepeated(node) && !context.used.has(node.template),
  );
  return unused.flatMap((node) => {
    const template = config.definitions.declared(node.label);
    if (template === undefined) return [];
    const { diagnostics } = checkTemplate(template, context, {});
    return diagnostics.map((one) =>
      context.unused === 'error' && toldUnused(one, template.body) ? one : { ...one, severity: 'warning' },
    );
  });
}

function checkTemplate(
  template: ModuleTemplate,
  context: CheckContext,
  given: Pick<ModuleValues, 'arguments'>,
) {
  context.used.add(template.body);
  const config = templateConfig(template, {
    vocabulary: context.vocabulary,
    namespaceOf: (one) => context.namespaces.get(one) ?? 'unread',
  });
  const within = { ...context, chain: [...context.chain, template.body] };
  const { diagnostics, exports } = checkModule(config, within, {
    ...given,
    variables: new Map(),
    outer: new Map(),
  });
  return { diagnostics: [...config.diagnostics, ...diagnostics], exports };
}

function itemsOf(collection: Value): readonly Value[] {
  if (isArray(collection)) return collection.slice(0, mostItems);
  if (!(collection instanceof Hole)) return [];
  const { type } = collection;
  return [new Hole(typeof type === 'object' && 'list' in type ? type.list : undefined, 'the item')];
}

function recursion(node: CustomNode): Diagnostic {
  return problem('E0605', `\`${node.name}\` is used inside of itself`, node.source, nameRange(node.block), {
    hint: 'a module that holds itself would never end; take one of the uses out',
  });
}
