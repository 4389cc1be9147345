import { createRequire } from 'node:module';
import { type NativePattern, nativePattern } from './native-pattern.ts';

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
  /** The numbers of the groups that have a name. */
  readonly names: ReadonlyMap<string, readonly number[]>;
  /** Whether there is a match. */
  test(text: string): boolean;
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
  if (simple !== undefined) return { source, names: new Map(), ...simple };
  const native = nativePattern(source);
  return native === undefined ? re2Of(source) : withNative(source, native);
}

/** Most rules are simple, and the library is large: it is read for the first that is not. */
function re2Of(source: string): Pattern {
  return (read('./re2-pattern.ts') as typeof import('./re2-pattern.ts')).re2Pattern(source);
}

const read = createRequire(import.meta.url);

/** The native expression where it takes no long time, RE2's for what is long or no Unicode. */
function withNative(source: string, { expression, longest }: NativePattern): Pattern {
  const fast = {
    test: (text: string) => expression.test(text),
    ...matching((text) => expression.exec(text) ?? undefined),
  };
  let re2: Pattern | undefined;
  const way = (text: string) => {
    if (text.length <= longest && text.isWellFormed()) return fast;
    re2 ??= re2Of(source);
    return re2;
  };
  return {
    source,
    names: new Map(),
    test: (text) => way(text).test(text),
    match: (text) => way(text).match(text),
    matchAll: (text) => way(text).matchAll(text),
  };
}

/** Matches the whole text or nothing, and gives the groups. */
type WholeMatch = (text: string) => Groups | undefined;

type Matching = Pick<Pattern, 'test' | 'match' | 'matchAll'>;

function matching(whole: WholeMatch): Pick<Pattern, 'match' | 'matchAll'> {
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
function literalPattern(source: string): Matching | undefined {
  if (!literals.test(source)) return undefined;
  const accepted = new Set(source.split('|'));
  const test = (text: string) => accepted.has(text);
  return { test, ...matching((text) => (test(text) ? [text] : undefined)) };
}

/** `prefix.*`, `prefix(.+)` and the default `(.*)`: the text begins so, and the rest is the group. */
function prefixPattern(source: string): Matching | undefined {
  const parts = prefixed.exec(source);
  if (parts === null) return undefined;
  const [, prefix = '', plain, captured] = parts;
  const least = prefix.length + ((plain ?? captured) === '+' ? 1 : 0);
  const test = (text: string) => text.length >= least && text.startsWith(prefix);
  const groupsOf = (text: string) => (captured === undefined ? [text] : [text, text.slice(prefix.length)]);
  return { test, ...matching((text) => (test(text) ? groupsOf(text) : undefined)) };
}
