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
