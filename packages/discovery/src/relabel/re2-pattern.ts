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
    if (isSyntaxError(error)) throw refused(source, reasonOf(source, error), error);
    throw error;
  }
}

type SyntaxProblem = RE2JSException | Re2SyntaxError;

function isSyntaxError(thrown: unknown): thrown is SyntaxProblem {
  return thrown instanceof RE2JSException || thrown instanceof Re2SyntaxError;
}

/** What is wrong with the text that the user wrote, where it is wrong by itself; else with what is around it. */
function reasonOf(source: string, thrown: SyntaxProblem): string {
  let told = thrown;
  try {
    RE2JS.compile(re2Source(source).expression);
  } catch (error) {
    if (isSyntaxError(error)) told = error;
  }
  const reason = told.message.replace(/^error parsing regexp: /, '');
  // RE2 shows all of the expression then, which stands before the reason already.
  return /^(?:missing closing|unexpected) \)/.exec(reason)?.[0] ?? reason;
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
