import type { IToken } from 'chevrotain';
import { isIdentifier } from './name.ts';
import { label as labelOf, rangeOf } from './node.ts';
import type { Mistake } from './reporter.ts';
import * as t from './token.ts';
import type * as tree from './tree.ts';

/** What a statement begins with, before it is known whether it is an attribute or a block. */
export interface Head {
  readonly name: readonly tree.Identifier[];
  readonly label: IToken | undefined;
}

/** Reports a dotted name or a label before `=`. */
export function checkAttributeName({ name, label }: Head, mistakes: Mistake[]): void {
  if (name.length === 1 && label === undefined) return;
  const first = name[0]?.range.start ?? 0;
  const last = name.at(-1)?.range.end ?? first;
  const dotted = name.map((part) => part.name).join('.');
  if (name.length > 1)
    mistakes.push({
      code: 'E0114',
      message: `the name of an attribute has no dots, but this is "${dotted}"`,
      range: { start: first, end: last },
      hint:
        label === undefined ? 'an attribute is written name = value' : 'if this is a block, remove the "="',
    });
  else if (label !== undefined)
    mistakes.push({
      code: 'E0114',
      message: 'an attribute has no label',
      range: rangeOf(label),
      hint: 'if this is a block, remove the "="',
    });
}

/** Reports a label that is not a name in double quotes. */
export function checkLabel(label: IToken, mistakes: Mistake[]): void {
  const { value } = labelOf(label);
  const range = rangeOf(label);
  if (label.tokenType !== t.Text)
    mistakes.push({
      code: 'E0112',
      message: `the label of a block stands in double quotes, but this is ${label.image}`,
      range,
      hint: `write "${label.image}"`,
    });
  else if (label.image.startsWith('`'))
    mistakes.push({
      code: 'E0112',
      message: 'the label of a block stands in double quotes, not in backquotes',
      range,
      hint: `write "${value}"`,
    });
  else if (value !== '' && !isIdentifier(value))
    mistakes.push({
      code: 'E0113',
      message: `the label "${value}" is not a name`,
      range,
      hint: labelHint(value),
    });
}

/** A label that is valid and close to what was written. */
function labelHint(value: string): string {
  if (/^<.*>$/.test(value)) return 'replace the placeholder <...> by a name';
  const name = value.replace(/[^\p{L}\p{Nd}_]/gu, '_').replace(/^(?=\p{Nd})/u, '_');
  const rule = 'a name consists of letters, digits and underscores, and does not begin with a digit';
  return isIdentifier(name) ? `${rule}: "${name}" would do` : rule;
}

/** A block stands where a value is due. `name` is what was read as its name, `below` whether that stands on a later line than the `=`. */
export interface Misread {
  readonly name: tree.Expression;
  readonly below: boolean;
}

/** What of a value was read as the name of the block behind it: its last operand. */
export function misread(head: Head, value: tree.Expression, text: string): Misread {
  let name = value;
  while (name.kind === 'binary' || name.kind === 'unary')
    name = name.kind === 'binary' ? name.right : name.operand;
  const below = text.slice(head.name[0]?.range.end ?? 0, name.range.start).includes('\n');
  return { name, below };
}

/** The mistake of a block that stands where a value is due. */
export function blockAsValue(head: Head, value: tree.Expression, { name, below }: Misread): Mistake {
  const attribute = head.name[0]?.name ?? '';
  const hint = !below
    ? `remove "${attribute} =" to write a block, or refer to a component by its name and label`
    : name === value
      ? `write a value behind "${attribute} =", on its line`
      : 'the value above ends with an operator, so that this line goes on with it';
  return { code: 'E0115', message: 'a block cannot be the value of an attribute', range: name.range, hint };
}

/** The parts of a dotted name; undefined for any other expression. */
export function dottedName(expression: tree.Expression): tree.Identifier[] | undefined {
  if (expression.kind === 'identifier') return [expression];
  if (expression.kind !== 'access') return undefined;
  const before = dottedName(expression.object);
  return before && [...before, expression.name];
}
