import { type Body, type Diagnostic, type Range, walk } from '@pewter/syntax';
import { nameChains } from './reference.ts';

/**
 * Whether something wrong in a module is seen without a use of it, as the reference does that: blocks, names and
 * references, and values that are written out. What comes of values that are only known in a use, and the rules inside of
 * components, are settled there.
 */
export function toldUnused({ code, location }: Diagnostic, body: Body): boolean {
  if (location === undefined) return true;
  // Which arguments a module takes is settled when it is used.
  if (location.source.text.startsWith('argument.', location.range.start)) return false;
  if (code.startsWith('E03')) return isWrittenOut(location.range, body);
  return !code.startsWith('E05') && code !== 'E0601';
}

/** True for a value without names in it. */
function isWrittenOut({ start, end }: Range, body: Body): boolean {
  let found = false;
  for (const statement of body) {
    walk(statement, (node) => {
      if (node.kind !== 'attribute') return true;
      const { range } = node.value;
      if (range.start <= start && end <= range.end) found = nameChains([node]).length === 0;
      return false;
    });
  }
  return found;
}
