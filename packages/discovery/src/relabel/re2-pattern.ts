import { EvaluationError } from '@pewter/language';
import { RE2JS, RE2JSException } from 're2js';
import type { Match, Pattern } from './pattern.ts';
import { Re2SyntaxError, re2Source } from './re2-syntax.ts';

function compile(source: string) {
  if (!source.isWellFormed()) throw refused(source, 'invalid UTF-8');
  try {
    const { expression, names } = re2Source(`^(?s:${source})$`);
    return { re2: RE2JS.compile(expression), names };
  } catch (error) {
    if (error instanceof RE2JSException || error instanceof Re2SyntaxError)
      throw refused(source, error.message, error);
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

/** Compiles any expression of RE2. Throws {@link EvaluationError} with what RE2 says is wrong. */
export function re2Pattern(source: string): Pattern {
  const { re2, names } = compile(source);
  return {
    source,
    names,
    test: (text) => re2.matcher(text.toWellFormed()).find(),
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
