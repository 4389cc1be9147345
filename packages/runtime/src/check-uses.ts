import { type BodySchema, Hole, isArray, ObjectValue, type Scope, type Value } from '@pewter/language';
import type { Diagnostic } from '@pewter/syntax';
import { type CheckContext, checkModule, type ModuleCheck, type ModuleValues } from './check-module.ts';
import type { ModuleTemplate } from './definitions.ts';
import { attributeValues, evaluateBody } from './evaluate-body.ts';
import { foreachConfig } from './foreach-config.ts';
import { explainMissing } from './missing-arguments.ts';
import { templateConfig } from './module-config.ts';
import { argumentsOf, openSchema } from './module-schema.ts';
import { type CustomNode, type ForeachNode, isRepeated, nameRange } from './node.ts';
import { problem } from './problem.ts';
import { recursion } from './recursive-declares.ts';
import { lastArguments } from './repeated-arguments.ts';
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
export function checkCustom(written: CustomNode, scope: Scope, check: ModuleCheck): CheckedUse {
  const { config, context } = check;
  const { node, diagnostics: repeated } = lastArguments(written);
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
  if (context.chain.includes(found.body)) {
    const told = found.definitions.isRecursive(found.declare);
    return { diagnostics: told ? [] : [recursion(node)], value: new Hole() };
  }
  const schema = argumentsOf(found);
  const { diagnostics } = evaluateBody(node, scope, { checking: true }, schema);
  const given = new Map([...missed(schema), ...attributeValues(node.block.body, scope)]);
  const inside = checkTemplate(found, context, { ...check.aroundOf(found), arguments: given });
  return {
    diagnostics: [
      ...repeated,
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
  const items = itemsOf(collection);
  // Without items nothing comes of the template, and what is wrong in it does no harm.
  const empty = items.length === 0;
  const checked = (empty ? [new Hole(undefined, 'the item')] : items).flatMap(
    (item) => checkModule(inner, within, check.itemAround(node, item)).diagnostics,
  );
  const found = [...inner.diagnostics, ...checked];
  return empty ? found.map((one) => ({ ...one, severity: 'warning' })) : found;
}

/** Mistakes in what is declared and used nowhere: told, but no reason not to run. */
export function checkUnused(check: ModuleCheck): readonly Diagnostic[] {
  const { config, context } = check;
  const unused = [...config.nodes.values()].filter(
    (node) => node.kind === 'declare' && !isRepeated(node) && !context.used.has(node.template),
  );
  return unused.flatMap((node) => {
    const template = config.definitions.declared(node.label);
    if (template === undefined) return [];
    const { diagnostics } = checkTemplate(template, context, check.aroundOf(template));
    return diagnostics.map((one) =>
      context.unused === 'error' && toldUnused(one, template.body) ? one : { ...one, severity: 'warning' },
    );
  });
}

function checkTemplate(template: ModuleTemplate, context: CheckContext, given: ModuleValues) {
  context.used.add(template.body);
  const config = templateConfig(template, {
    vocabulary: context.vocabulary,
    namespaceOf: (one) => context.namespaces.get(one) ?? 'unread',
  });
  const within = { ...context, chain: [...context.chain, template.body] };
  const { diagnostics, exports } = checkModule(config, within, given);
  return { diagnostics: [...config.diagnostics, ...diagnostics], exports };
}

function itemsOf(collection: Value): readonly Value[] {
  if (isArray(collection)) return collection.slice(0, mostItems);
  if (!(collection instanceof Hole)) return [];
  const { type } = collection;
  return [new Hole(typeof type === 'object' && 'list' in type ? type.list : undefined, 'the item')];
}
