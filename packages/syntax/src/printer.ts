import { Aligner } from './align.ts';
import { Estimate } from './estimate.ts';
import type { Lines } from './lines.ts';
import type { Comment } from './tree.ts';

/** White space that waits for the next text: `>` and `<` change the indentation, `` is none any more. */
export type Space = ' ' | '\v' | '\n' | '\f' | '>' | '<' | '';

/**
 * Writes tokens and white space, with the comments of the source between them where they stood. Follows the
 * reference's printer, down to its estimate of where a token stands whose place it is not told.
 */
export class Printer {
  readonly #out = new Aligner();
  readonly #lines: Lines;
  readonly #comments: readonly Comment[][];
  #nextGroup = 0;
  /** Where the next group of comments begins. */
  #nextComment: number;
  #pending: Space[] = [];
  #indent = 0;
  #started = false;
  #lineStart = true;
  /** The place in the source, as far as known, and the line behind the text written last. */
  #offset = 0;
  #line = 0;
  #lastLine = 0;
  readonly #estimate: Estimate;
  #uncertain = false;
  /** Whether an integer was written last: a dot right behind it would become part of it. */
  #behindInteger = false;

  /** `text` is the source, `lines` are its lines, `comments` its comments in groups. */
  constructor(text: string, lines: Lines, comments: readonly Comment[][]) {
    this.#estimate = new Estimate(text);
    this.#lines = lines;
    this.#comments = comments;
    this.#nextComment = startOf(comments[0]);
  }

  /** Whether a comment was written next to a token whose place was only estimated, so that they may have changed places. */
  get uncertain(): boolean {
    return this.#uncertain;
  }

  /** Notes that what is written next may change places with a comment. */
  doubt(): void {
    this.#uncertain = true;
  }

  space(first: Space, second: Space = '', third: Space = ''): void {
    this.#pending.push(first);
    if (second !== '') this.#pending.push(second);
    if (third !== '') this.#pending.push(third);
    this.#behindInteger = false;
  }

  /** Writes a token; `at` is its place in the source where that is known. */
  token(text: string, at?: number): void {
    if (this.#behindInteger && text === '.') this.#pending = [' '];
    this.#behindInteger = false;
    const line = this.#before(at);
    this.#writeIndent();
    this.#out.append(text);
    this.#wrote(text, this.#tokenAt, line, 0);
    if (at === undefined) this.#estimate.add(text);
    else this.#estimate.known(at + text.length);
  }

  /** Writes a number. */
  number(text: string, at: number): void {
    this.token(text, at);
    this.#behindInteger = /^\d+$/.test(text);
  }

  /** Writes a string, of which nothing changes, whatever white space it holds. */
  string(text: string, at: number): void {
    if (!/[\t\v\f\n]/.test(text)) {
      this.token(text, at);
      return;
    }
    this.#behindInteger = false;
    const line = this.#before(at);
    this.#writeIndent();
    this.#out.multiline(text);
    this.#wrote(text, at, line, newlinesIn(text));
    this.#estimate.known(at + text.length);
  }

  finish(): string {
    if (this.#nextGroup < this.#comments.length) {
      this.#uncertain ||= !this.#estimate.isBefore(this.#nextComment);
      this.#writeComments(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, true);
    }
    return this.#out.finish();
  }

  /** The place of the token that is being written. */
  #tokenAt = 0;

  /** Writes what stands before a token: waiting white space, and comments. Gives the line of the token. */
  #before(at: number | undefined): number {
    if (at !== undefined) {
      this.#offset = at;
      this.#line = this.#lines.at(at);
    }
    const line = this.#line;
    this.#tokenAt = this.#offset;
    if (this.#nextComment <= this.#offset) {
      this.#uncertain ||= at === undefined || !this.#estimate.isBefore(this.#nextComment);
      this.#writeComments(this.#offset, line, false);
    } else this.#flush(this.#pending.length);
    return line;
  }

  #writeComments(offset: number, line: number, atEnd: boolean): void {
    let last: Comment | undefined;
    while (this.#nextGroup < this.#comments.length && this.#nextComment <= offset) {
      for (const comment of this.#comments[this.#nextGroup] ?? []) {
        const start = this.#lines.at(comment.range.start);
        this.#beforeComment(start, line);
        this.#writeIndent();
        this.#out.literal(comment.text);
        this.#wrote(comment.text, comment.range.start, start, newlinesIn(comment.text));
        last = comment;
      }
      this.#nextComment = startOf(this.#comments[++this.#nextGroup]);
    }
    if (last !== undefined && !atEnd) this.#afterComment(last, line);
  }

  /** Behind a token on its line a comment is set apart; else the waiting white space up to the first newline is written. */
  #beforeComment(commentLine: number, nextLine: number): void {
    if (!this.#started) return;
    if (commentLine === this.#lastLine) {
      this.#writeSpace(commentLine === nextLine ? ' ' : '\t', 1);
      return;
    }
    const first = this.#pending.findIndex((space) => !isIndent(space));
    if (first >= 0) {
      this.#pending[first] = '';
      this.#flush(first);
    }
    this.#writeSpace('\f', Math.min(commentLine - this.#lastLine, 2));
  }

  /** What follows a line comment begins a line, even where the reference lets the comment swallow it. */
  #afterComment(comment: Comment, nextLine: number): void {
    const endLine = this.#lines.at(comment.range.start + comment.text.length - 1);
    if (comment.text.startsWith('/*') && nextLine === endLine) this.#writeSpace(' ', 1);
    const newlines = Math.max(nextLine - this.#lastLine, comment.text.startsWith('//') ? 1 : 0);
    const feed = this.#pending.includes('\f');
    this.#pending = this.#pending.filter(isIndent);
    this.#flush(this.#pending.length);
    this.#writeSpace(feed ? '\f' : '\n', Math.min(newlines, 2));
  }

  #flush(count: number): void {
    if (count === 0) return;
    for (let index = 0; index < count; index++) {
      const space = this.#pending[index] ?? '';
      if (space === '>') this.#indent++;
      else if (space === '<') this.#indent--;
      else if (space !== '') this.#writeSpace(space, 1);
    }
    if (count === this.#pending.length) this.#pending.length = 0;
    else this.#pending = this.#pending.slice(count);
  }

  #writeSpace(space: ' ' | '\t' | '\v' | '\n' | '\f', count: number): void {
    if (count <= 0) return;
    this.#writeIndent();
    this.#started = true;
    this.#offset += count;
    if (space === ' ') this.#out.append(space);
    else if (space === '\t' || space === '\v') this.#out.tab(space === '\t');
    else this.#endLines(space === '\f', count);
  }

  #endLines(columns: boolean, count: number): void {
    for (let line = 0; line < count; line++) {
      if (columns) this.#out.formfeed();
      else this.#out.newline();
    }
    this.#line += count;
    this.#lineStart = true;
  }

  #wrote(text: string, offset: number, line: number, newlines: number): void {
    this.#started = true;
    this.#offset = offset + text.length;
    this.#line = line + newlines;
    this.#lastLine = this.#line;
  }

  #writeIndent(): void {
    if (!this.#lineStart) return;
    this.#lineStart = false;
    this.#out.indent(this.#indent);
    this.#offset += this.#indent;
  }
}

function startOf(group: readonly Comment[] | undefined): number {
  return group?.[0]?.range.start ?? Number.POSITIVE_INFINITY;
}

function isIndent(space: Space): boolean {
  return space === '>' || space === '<';
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
