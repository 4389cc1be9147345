import {
  EmbeddedActionsParser,
  type IRecognitionException,
  type IToken,
  isRecognitionException,
  type TokenType,
} from 'chevrotain';
import { explain } from './explain.ts';
import { dotAtLineEnd } from './explain-dot.ts';
import * as node from './node.ts';
import type { Mistake } from './reporter.ts';
import { skipStatement } from './skip.ts';
import type { Stuck } from './stuck.ts';
import * as t from './token.ts';

/**
 * How high the tree of an expression, and how deep a nest of blocks, may be: readers of the tree may recurse. A chain of
 * binary operators counts as one level, however long: readers take it in a loop.
 */
export const MAX_DEPTH = 200;

/** A rule of the grammar that takes nothing and gives a `T`. */
export type Rule<T> = (index?: number) => T;

/** Leaves a statement of which nothing more can be read; the mistake has been recorded. */
class Abandoned extends Error {
  /** Whether what follows is left for the one who takes over. */
  readonly inPlace: boolean;

  constructor(inPlace: boolean) {
    super();
    this.inPlace = inPlace;
  }
}

/** What the grammar stands on: which brackets are open, how deep it is, and how parsing goes on behind a mistake. */
export class RecoveringParser extends EmbeddedActionsParser {
  protected mistakes: Mistake[] = [];
  protected text = '';
  /** The brackets and braces that are open, the innermost last. */
  protected open: IToken[] = [];
  /** The levels around the place being read. */
  #depth = 0;

  constructor(options: { readonly skipValidations: boolean }) {
    super([...t.vocabulary], {
      maxLookahead: 1,
      skipValidations: options.skipValidations,
      errorMessageProvider: node.expectedKind,
    });
  }

  /** Readies the parser for a text; mistakes are added to `mistakes`. */
  begin(text: string, tokens: IToken[], mistakes: Mistake[]): void {
    this.input = tokens;
    this.text = text;
    this.mistakes = mistakes;
    this.open = [];
    this.#depth = 0;
  }

  protected opening(kind: TokenType): IToken {
    const token = this.CONSUME(kind);
    if (!this.RECORDING_PHASE) this.open.push(token);
    return token;
  }

  protected closing(kind: TokenType): IToken {
    const token = this.CONSUME(kind);
    this.open.pop();
    return token;
  }

  protected descend(): void {
    if (this.RECORDING_PHASE) return;
    if (++this.#depth > MAX_DEPTH) this.tooDeep();
  }

  protected ascend(): void {
    this.#depth--;
  }

  protected tooDeep(): never {
    this.mistakes.push({
      code: 'E0130',
      message: `this is nested more than ${MAX_DEPTH} levels deep`,
      range: node.rangeOf(this.LA(0)),
      hint: 'split it over several attributes, blocks or modules',
    });
    this.abandon();
  }

  /** Leaves the statement, whose mistake has been recorded; `inPlace` leaves its rest to be read as something else. */
  protected abandon(inPlace = false): never {
    throw new Abandoned(inPlace);
  }

  /** Runs a part of a statement; on a mistake reports it and skips to the statement's end. */
  protected recover<T>(parse: () => T): T | undefined {
    if (this.RECORDING_PHASE) return parse();
    const open = this.open.length;
    const depth = this.#depth;
    const start = this.LA(1).startOffset;
    try {
      return parse();
    } catch (error) {
      if (isException(error)) this.#report(error);
      else if (!(error instanceof Abandoned)) throw error;
      if (!(error instanceof Abandoned && error.inPlace)) this.skip(start, this.open.length - open);
      this.open.length = open;
      this.#depth = depth;
      return undefined;
    }
  }

  /** Skips to the end of the statement that begins at `start` and is `open` brackets deep. */
  protected skip(start: number, open: number): void {
    skipStatement(this.#skipper, this.text, start, open);
  }

  /** Where the parser stands, for the one who explains the mistake. */
  protected stuck(rule: string, expected: string): Stuck {
    return {
      rule,
      expected,
      actual: this.LA(1),
      previous: this.LA(0),
      beforePrevious: this.LA(-1),
      open: this.open.at(-1),
      dot: dotAtLineEnd((distance) => this.LA(-distance), this.text),
      text: this.text,
    };
  }

  #report({ context, message }: IRecognitionException): void {
    this.mistakes.push(explain(this.stuck(context.ruleStack.at(-1) ?? '', message)));
    this.errors = [];
  }

  readonly #skipper = { peek: () => this.LA(1), skip: () => void this.SKIP_TOKEN() };
}

function isException(error: unknown): error is IRecognitionException {
  return error instanceof Error && isRecognitionException(error);
}
