import type { Expression, Range } from '@pewter/syntax';
import type { LanguageCode } from './codes.ts';

/** What decoding found wrong or odd, before it is known in which text. */
export interface Problem {
  readonly code: LanguageCode | (string & {});
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Where a value that is being decoded came from. */
export interface Place {
  /** The expression that gave the value, where it has one of its own. */
  readonly expression: Expression | undefined;
  readonly range: Range;
  /** The name of the attribute, for messages. */
  readonly name: string;
}

/** The place of an element of a list, or of a field of an object: its own expression where the source has one. */
export function innerPlace(place: Place, key: number | string): Place {
  const expression = innerExpression(place.expression, key);
  if (expression === undefined) return { ...place, expression: undefined };
  return { ...place, expression, range: expression.range };
}

function innerExpression(outer: Expression | undefined, key: number | string): Expression | undefined {
  if (outer?.kind === 'paren') return innerExpression(outer.inner, key);
  if (outer?.kind === 'array' && typeof key === 'number') return outer.elements[key];
  if (outer?.kind === 'object') return outer.fields.findLast((field) => field.name === key)?.value;
  return undefined;
}
