import type { ComponentDefinition } from '@pewter/runtime';
import { type Body, type Expression, walk } from '@pewter/syntax';
import type { Lint } from '../lint.ts';
import type { Scope } from '../scope.ts';

/** A component that only gives something to others, and whom nobody asks. */
export const unusedComponent: Lint = {
  name: 'unused-component',
  code: 'W0521',
  about: 'a component whose exports nobody reads, so that it does nothing',
  *check(scope, { registry }) {
    const read = chainsOf(scope);
    for (const { id, name, block, part } of scope.blocks) {
      const definition = registry.get(name);
      if (definition === undefined || (block.label?.value ?? '') === '') continue;
      if (!onlyGives(definition)) continue;
      if (read.some((chain) => chain === id || chain.startsWith(`${id}.`))) continue;
      const range = { start: block.range.start, end: block.label?.range.end ?? block.range.end };
      const exports = Object.keys(definition.exports.fields);
      yield {
        at: part,
        range,
        message: `nobody reads \`${id}\`, so it does nothing`,
        hint: `refer to \`${id}.${exports[0] ?? ''}\` where it is needed, or remove the block`,
      };
    }
  },
};

/** Exports are all that such a component is for: it has some, and what it exports is not a by-product of work of its own. */
function onlyGives({ name, arguments: args, exports }: ComponentDefinition): boolean {
  const given = Object.keys(exports.fields);
  if (given.length === 0) return false;
  const sends = ['forward_to', 'output'].some((field) => args.fields[field] !== undefined);
  const byProduct = name.startsWith('otelcol.receiver.') ? 'input' : 'targets';
  return !(sends && given.includes(byProduct));
}

/** The dotted names in the expressions of a scope; what is indexed counts by its constant beginning. */
function chainsOf({ parts }: Scope): readonly string[] {
  return parts.flatMap(({ body }) => chainsIn(body));
}

function chainsIn(body: Body): readonly string[] {
  const found: string[] = [];
  for (const statement of body) {
    walk(statement, (node) => {
      if (node.kind !== 'identifier' && node.kind !== 'access') return true;
      const chain = dotted(node);
      if (chain !== undefined) found.push(chain);
      return chain === undefined;
    });
  }
  return found;
}

function dotted(expression: Expression): string | undefined {
  if (expression.kind === 'identifier') return expression.name;
  if (expression.kind !== 'access') return undefined;
  const inner = dotted(expression.object);
  return inner && `${inner}.${expression.name.name}`;
}
