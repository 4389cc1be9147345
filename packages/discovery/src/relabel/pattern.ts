import { EvaluationError } from '@pewter/language';
import { RE2JS, RE2JSException } from 're2js';
import { shortCategories } from './unicode-categories.ts';

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
  const re2 = compile(source);
  const simple = literalPattern(source) ?? prefixPattern(source);
  return simple === undefined ? re2Pattern(source, re2) : { source, names: new Map(), ...asPattern(simple) };
}

function compile(source: string): RE2JS {
  if (!source.isWellFormed()) throw refused(source, 'invalid UTF-8');
  // RE2 takes only ASCII word characters in the name of a group.
  const name = /\(\?P?<([^>=!]*)>/.exec(source)?.[1];
  if (name !== undefined && !/^\w+$/.test(name)) throw refused(source, `invalid named capture \`${name}\``);
  try {
    return RE2JS.compile(`^(?s:${shortCategories(source)})$`);
  } catch (error) {
    if (error instanceof RE2JSException) throw refused(source, error.message, error);
    throw error;
  }
}

function refused(source: string, reason: string, cause?: unknown): EvaluationError {
  const hint = 'regular expressions are those of RE2: no look-around, no back-references';
  return new EvaluationError('E0315', `\`${source}\` is no valid regular expression: ${reason}`, {
    hint,
    cause,
  });
}

function re2Pattern(source: string, re2: RE2JS): Pattern {
  const names = new Map(Object.entries(re2.namedGroups()).map(([name, group]) => [name, Number(group)]));
  return {
    source,
    names,
    match: (text) => findMatches(re2, text, 1)[0],
    matchAll: (text) => findMatches(re2, text, Number.POSITIVE_INFINITY),
  };
}

function findMatches(re2: RE2JS, text: string, limit: number): readonly Match[] {
  // RE2 sees a byte outside of UTF-8 as U+FFFD; the replacement is as long as what it stands for.
  const matcher = re2.matcher(text.toWellFormed());
  const matches: Match[] = [];
  while (matches.length < limit && matcher.find()) {
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => {
      const start = matcher.start(group);
      return start < 0 ? undefined : text.slice(start, matcher.end(group));
    });
    matches.push({ start: matcher.start(0), end: matcher.end(0), groups });
  }
  return matches;
}

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
