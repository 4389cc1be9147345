import { createRequire } from 'node:module';

/** The groups of a match by number, undefined where a group took no part; 0 is all that matched. */
export type Groups = readonly (string | undefined)[];

/** A match and where it stands. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: Groups;
}

/** A regular expression of a relabel rule, compiled. RE2 syntax and semantics, anchored at both ends. */
export interface Pattern {
  /** As the user wrote it. */
  readonly source: string;
  /** Group numbers by name, in the order of the groups. */
  readonly names: ReadonlyMap<string, number>;
  /** The first match; undefined when there is none. */
  match(text: string): Match | undefined;
  /** Every match, left to right. */
  matchAll(text: string): readonly Match[];
}

/**
 * Compiles the expression as the reference does, which puts `^(?s:` before and `)$` behind it as text.
 * Throws {@link EvaluationError} with what RE2 says is wrong.
 */
export function compilePattern(source: string): Pattern {
  const simple = literalPattern(source) ?? prefixPattern(source);
  if (simple !== undefined) return { source, names: new Map(), ...asPattern(simple) };
  // Most rules are simple, and the library is large: it is read for the first that is not.
  return (read('./re2-pattern.ts') as typeof import('./re2-pattern.ts')).re2Pattern(source);
}

const read = createRequire(import.meta.url);

/** Matches the whole text or nothing, and gives the groups. */
type WholeMatch = (text: string) => Groups | undefined;

function asPattern(whole: WholeMatch): Pick<Pattern, 'match' | 'matchAll'> {
  const match = (text: string): Match | undefined => {
    const groups = whole(text);
    return groups && { start: 0, end: text.length, groups };
  };
  return {
    match,
    matchAll: (text) => {
      const found = match(text);
      return found === undefined ? [] : [found];
    },
  };
}

/** Characters that stand for themselves. */
const literal = '[\\w\\-:;,/ @#%&=~!\'"<>]*';
const literals = new RegExp(`^${literal}(?:\\|${literal})*$`);
const prefixed = new RegExp(`^(${literal})(?:\\.([*+])|\\(\\.([*+])\\))$`);

/** `a|b|c`: the text is one of them. */
function literalPattern(source: string): WholeMatch | undefined {
  if (!literals.test(source)) return undefined;
  const accepted = new Set(source.split('|'));
  return (text) => (accepted.has(text) ? [text] : undefined);
}

/** `prefix.*`, `prefix(.+)` and the default `(.*)`: the text begins so, and the rest is the group. */
function prefixPattern(source: string): WholeMatch | undefined {
  const parts = prefixed.exec(source);
  if (parts === null) return undefined;
  const [, prefix = '', plain, captured] = parts;
  const least = prefix.length + ((plain ?? captured) === '+' ? 1 : 0);
  return (text) => {
    if (text.length < least || !text.startsWith(prefix)) return undefined;
    return captured === undefined ? [text] : [text, text.slice(prefix.length)];
  };
}
