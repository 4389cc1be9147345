import type { IToken } from 'chevrotain';
import type { Mistake } from './reporter.ts';
import * as t from './token.ts';

/** Where the parser stood when it could not go on. */
export interface Stuck {
  /** The rule of the grammar. */
  readonly rule: string;
  /** The name of the kind of token that was wanted, or `Alternative`. */
  readonly expected: string;
  readonly actual: IToken;
  readonly previous: IToken;
  readonly beforePrevious: IToken;
  /** The innermost open bracket or brace. */
  readonly open: IToken | undefined;
  /** The dot of the name read last that ends a line above it. */
  readonly dot: IToken | undefined;
  readonly text: string;
}

/** What is said of a mistake; its place is that of the token at which the parser stood, unless given. */
export type Explanation = Pick<Mistake, 'code' | 'message'> & Partial<Mistake>;

/** A value is missing. */
export function valueExpected({ actual, previous }: Stuck): Explanation {
  const found = t.describeToken(actual);
  const message = `expected a value ${behind(previous)}, found ${found}`;
  if (actual.image === '<')
    return { code: 'E0120', message, hint: 'replace the placeholder <...> by a value' };
  return { code: 'E0120', message };
}

function behind(previous: IToken): string {
  return previous.startOffset < 0 ? 'here' : `behind ${t.describeToken(previous)}`;
}
