import type { TokenType } from 'chevrotain';
import { badText, isBadText } from './bad-text.ts';
import { endOf, isDigit, isWordStart, lineEnd, wordEnd } from './characters.ts';
import { commentEndsLine, withoutCarriageReturns } from './comment-text.ts';
import { readEscape } from './escape.ts';
import { escapeHint, illegalHint, nameOf } from './lexer-hints.ts';
import { DOUBLE, ENDS_STATEMENT, keyword, PUNCTUATION } from './marks.ts';
import type { Mistake } from './reporter.ts';
import * as t from './token.ts';
import type { Comment } from './tree.ts';

/** What a text consists of. */
export interface Lexed {
  readonly tokens: t.Token[];
  readonly comments: Comment[];
  readonly mistakes: Mistake[];
}

const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d*)?/y;

/** How much of a line a hint looks at: all of it at each of its mistakes would take quadratic time. */
const LOOK_BACK = 200;

/** Splits a text into tokens and comments, in one pass and in linear time; never throws. */
export function lex(text: string): Lexed {
  return new Lexer(text).run();
}

class Lexer {
  readonly #text: string;
  readonly #tokens: t.Token[] = [];
  readonly #comments: Comment[] = [];
  readonly #mistakes: Mistake[];
  #at: number;
  /** Whether a newline here ends a statement. */
  #newlineEnds = false;

  constructor(text: string) {
    this.#text = text;
    this.#mistakes = badText(text);
    this.#at = text.startsWith('\uFEFF') ? 1 : 0;
  }

  run(): Lexed {
    while (this.#skipSpace()) this.#next();
    if (this.#newlineEnds) this.#terminate();
    return { tokens: this.#tokens, comments: this.#comments, mistakes: this.#mistakes };
  }

  /** Moves to the next character that matters; false at the end of the text. */
  #skipSpace(): boolean {
    const text = this.#text;
    let at = this.#at;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code !== 32 && code !== 9 && code !== 13 && (code !== 10 || this.#newlineEnds)) break;
    }
    this.#at = at;
    return at < text.length;
  }

  #next(): void {
    const code = this.#text.charCodeAt(this.#at);
    if (isWordStart(code, this.#text, this.#at)) this.#word();
    else if (code === 10) this.#terminate();
    else if (code === 34) this.#string('"');
    else if (code === 47 && this.#isCommentStart()) this.#comment();
    else if (isDigit(code) || (code === 46 && isDigit(this.#text.charCodeAt(this.#at + 1)))) this.#number();
    else if (code === 96) this.#string('`');
    else if (code === 39) this.#singleQuoted();
    else this.#punctuation();
  }

  #push(type: TokenType, end: number): void {
    this.#add(type, this.#text.slice(this.#at, end), ENDS_STATEMENT.has(type));
  }

  #add(type: TokenType, image: string, newlineEnds: boolean): void {
    const end = this.#at + image.length;
    this.#tokens.push(new t.Token(type, image, this.#at, end - 1));
    this.#newlineEnds = newlineEnds;
    this.#at = end;
  }

  #terminate(): void {
    const last = Math.min(this.#at, this.#text.length - 1);
    this.#tokens.push(new t.Token(t.Terminator, '\n', this.#at, last));
    this.#newlineEnds = false;
  }

  #word(): void {
    const word = this.#text.slice(this.#at, wordEnd(this.#text, this.#at));
    this.#add(keyword(word) ?? t.Identifier, word, true);
  }

  #number(): void {
    const start = this.#at;
    const end = endOf(NUMBER, this.#text, start);
    if (/[eE][+-]?$/.test(this.#text.slice(start, end)))
      this.#report('E0107', 'this number has an exponent without digits', start, end, 'write it like 1e6');
    this.#push(t.Numeral, end);
  }

  #string(quote: '"' | '`'): void {
    const end = quote === '"' ? this.#quotedEnd(34) : this.#text.indexOf('`', this.#at + 1) + 1;
    if (end > 0) this.#push(t.Text, end);
    else this.#unterminated(quote);
  }

  /** Behind the closing quote, or 0 when the line or the text ends before it. */
  #quotedEnd(quote: number): number {
    const text = this.#text;
    for (let at = this.#at + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) return at + 1;
      if (code === 10) return 0;
      if (code === 92) at = this.#escape(at, quote);
    }
    return 0;
  }

  /** Checks the escape at a backslash; gives its last character. */
  #escape(at: number, quote: number): number {
    const found = readEscape(this.#text, at + 1);
    if (found !== undefined) return at + found.length;
    const next = this.#text.slice(at + 1, at + 2);
    if (quote === 34 && next !== '\n' && next !== '')
      this.#report('E0106', `"\\${next}" is not an escape sequence`, at, at + 2, escapeHint(next));
    return at;
  }

  #unterminated(quote: '"' | '`'): void {
    const start = this.#at;
    const line = quote === '"' ? lineEnd(this.#text, start) : this.#text.length;
    const hint =
      quote === '"'
        ? 'close it with a double quote on this line; only strings in backquotes span lines'
        : 'close it with a backquote';
    this.#report('E0102', 'this string is not closed', start, lineEnd(this.#text, start), hint);
    this.#push(t.Text, line);
  }

  #singleQuoted(): void {
    const start = this.#at;
    const closed = this.#quotedEnd(39);
    const end = closed === 0 ? lineEnd(this.#text, start) : closed;
    this.#report(
      'E0105',
      'strings stand in double quotes, not in single ones',
      start,
      end,
      'replace each \' by "',
    );
    this.#push(t.Text, end);
  }

  #isCommentStart(): boolean {
    const next = this.#text.charCodeAt(this.#at + 1);
    return next === 47 || next === 42;
  }

  /** A comment that runs to the end of the line stands behind the end of the statement, not before it. */
  #comment(): void {
    if (this.#newlineEnds && commentEndsLine(this.#text, this.#at)) this.#terminate();
    const start = this.#at;
    const block = this.#text.charCodeAt(start + 1) === 42;
    const close = block ? this.#text.indexOf('*/', start + 2) : 0;
    if (close === -1)
      this.#report('E0103', 'this comment is not closed', start, start + 2, 'close it with */');
    const end = close === -1 ? this.#text.length : block ? close + 2 : lineEnd(this.#text, start);
    const comment = withoutCarriageReturns(this.#text.slice(start, end));
    this.#comments.push({ kind: 'comment', text: comment, range: { start, end } });
    this.#newlineEnds = false;
    this.#at = end;
  }

  #punctuation(): void {
    const one = this.#text.charCodeAt(this.#at);
    const found = PUNCTUATION[one];
    const double = DOUBLE[one];
    if (double !== undefined && this.#text.startsWith(double.image, this.#at))
      this.#add(double.type, double.image, false);
    else if (found !== undefined) {
      this.#add(found.type, found.image, found.newlineEnds || (one === 62 && this.#closesPlaceholder()));
    } else this.#illegal();
  }

  /** `name = <WHAT TO WRITE>` ends with its line, so that what stands on the next is not taken for a part of it; no expression begins with `<`. */
  #closesPlaceholder(): boolean {
    return /=[ \t]*<[^<>\n]*$/.test(this.#text.slice(this.#text.lastIndexOf('\n', this.#at) + 1, this.#at));
  }

  #illegal(): void {
    const start = this.#at;
    const character = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
    const end = start + character.length;
    if (character === '&' || character === '|') {
      const hint = `write ${character}${character}`;
      this.#report('E0101', `"${character}" is not an operator`, start, end, hint);
      this.#push(t.Operator, end);
      return;
    }
    if (!isBadText(character))
      this.#report(
        'E0101',
        `${nameOf(character)} has no meaning here`,
        start,
        end,
        illegalHint(character, this.#text.slice(Math.max(0, start - LOOK_BACK), start)),
      );
    this.#at = character === '#' ? lineEnd(this.#text, start) : end;
  }

  #report(code: Mistake['code'], message: string, start: number, end: number, hint?: string): void {
    this.#mistakes.push({ code, message, range: { start, end }, hint });
  }
}
