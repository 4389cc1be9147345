import { goDuration } from '@pewter/language';
import { type Attribute, type Block, type Body, blockName, type Expression, unquote } from '@pewter/syntax';

/** The attribute of this name in a body. */
export function attributeOf(body: Body, name: string): Attribute | undefined {
  return body.find((one): one is Attribute => one.kind === 'attribute' && one.name.name === name);
}

/** The blocks of this dotted name in a body. */
export function blocksOf(body: Body, name: string): readonly Block[] {
  return body.filter((one): one is Block => one.kind === 'block' && blockName(one) === name);
}

/** The text of a string literal; undefined where the value is anything else. */
export function textOf(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'paren') return textOf(expression.inner);
  if (expression?.kind !== 'literal' || expression.literal !== 'string') return undefined;
  return unquote(expression.text);
}

/** The truth value of a literal; undefined where the value is anything else. */
export function boolOf(expression: Expression | undefined): boolean | undefined {
  if (expression?.kind === 'paren') return boolOf(expression.inner);
  return expression?.kind === 'literal' && expression.literal === 'bool'
    ? expression.text === 'true'
    : undefined;
}

/** The milliseconds of a literal duration; undefined where the value is anything else. */
export function durationOf(expression: Expression | undefined): number | undefined {
  const text = textOf(expression);
  if (text === undefined) return undefined;
  try {
    return goDuration.parse(text);
  } catch {
    return undefined;
  }
}
