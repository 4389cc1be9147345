import { type Expression, type Statement, walk } from '@pewter/syntax';
import type { Lint } from '../lint.ts';
import { boolOf, textOf } from '../literal.ts';

/** A default that stands before what it is a default for. */
export const coalesceFirst: Lint = {
  name: 'coalesce-first',
  code: 'W0522',
  about: '`coalesce` whose first argument is never empty, so that the others never count',
  *check({ parts }) {
    for (const at of parts) {
      const calls: Expression[] = [];
      for (const statement of at.body) collectCalls(statement, calls);
      for (const call of calls) {
        if (call.kind !== 'call' || call.callee.kind !== 'identifier' || call.callee.name !== 'coalesce')
          continue;
        const [first, second] = call.args;
        if (first === undefined || second === undefined || !neverEmpty(first)) continue;
        yield {
          at,
          range: first.range,
          message: 'this first argument of `coalesce` is never empty, so the others never count',
          hint: '`coalesce` gives the first that is not empty: put the fallback last',
        };
      }
    }
  },
};

/** Literals that are not empty, and texts joined with one. */
function neverEmpty(expression: Expression): boolean {
  switch (expression.kind) {
    case 'paren':
      return neverEmpty(expression.inner);
    case 'array':
      return expression.elements.length > 0;
    case 'object':
      return expression.fields.length > 0;
    case 'binary':
      return expression.operator === '+' && [expression.left, expression.right].some(isText);
    case 'literal':
      if (expression.literal === 'number') return Number(expression.text) !== 0;
      return isText(expression) || boolOf(expression) === true;
    default:
      return false;
  }
}

function isText(expression: Expression): boolean {
  return (textOf(expression) ?? '') !== '';
}

function collectCalls(statement: Statement, into: Expression[]): void {
  walk(statement, (node) => {
    if (node.kind === 'call') into.push(node);
  });
}
