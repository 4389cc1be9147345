import { EOF, type TokenType } from 'chevrotain';
import { vocabulary } from './token.ts';

/**
 * What a parser does where its grammar leaves a choice, by the kind of the next token: one row for each choice, as
 * chevrotain numbers rules and choices, with a character for each kind of {@link kinds}: `.` none, `+` go on, or the
 * alternative to take. The three parts of a row stand apart by blanks.
 */
export type Decisions = readonly string[];

/** The end of the text, then the vocabulary. */
const kinds: readonly TokenType[] = [EOF, ...vocabulary];

/** Chevrotain's functions for its choices, by rule and choice: looking one token ahead they see nothing but its kind. */
type Lookahead = (this: { LA_FAST(distance: 1): { readonly tokenTypeIdx: number } }) => unknown;
type Choices = Record<number, Record<number, Lookahead>>;

/** The parts of chevrotain's parser that hold what it has found out about its grammar. */
interface Analysed {
  selfAnalysisDone: boolean;
  lookAheadFuncsCache: Choices;
}

/** Reads the decisions off a parser that has analysed its grammar. */
export function decisionsOf(parser: object): Decisions {
  const { lookAheadFuncsCache } = parser as Analysed;
  return Object.entries(lookAheadFuncsCache).flatMap(([rule, choices]) =>
    Object.entries(choices).map(([choice, decide]) => {
      const byKind = kinds.map(({ tokenTypeIdx = 0 }) => decide.call({ LA_FAST: () => ({ tokenTypeIdx }) }));
      return `${rule} ${choice} ${byKind.map(character).join('')}`;
    }),
  );
}

function character(decided: unknown): string {
  if (decided === true) return '+';
  return typeof decided === 'number' ? String(decided) : '.';
}

/** Gives a parser the decisions that its analysis would come to, which takes longer than most texts take to parse. */
export function decide(parser: object, decisions: Decisions): void {
  const analysed = parser as Analysed;
  for (const row of decisions) {
    const [rule = '', choice = '', byKind = ''] = row.split(' ');
    const choices = analysed.lookAheadFuncsCache[Number(rule)] ?? {};
    analysed.lookAheadFuncsCache[Number(rule)] = choices;
    const known: unknown[] = [];
    kinds.forEach(({ tokenTypeIdx = 0 }, index) => {
      known[tokenTypeIdx] = value(byKind.charAt(index));
    });
    choices[Number(choice)] = function () {
      return known[this.LA_FAST(1).tokenTypeIdx];
    };
  }
  analysed.selfAnalysisDone = true;
}

function value(character: string): true | number | undefined {
  if (character === '+') return true;
  return character === '.' ? undefined : Number(character);
}
