import { Aligner } from './align.ts';
import type { Comment } from './tree.ts';

/** White space that waits for the next text: `>` and `<` change the indentation. */
export type Space = ' ' | '\v' | '\n' | '\f' | '>' | '<';

/** Line numbers of a text, from 0. */
export class Lines {
  readonly #starts: number[] = [0];
  #last = 0;

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** The line of an offset; quick for offsets near the one asked for last. */
  at(offset: number): number {
    while (this.#last > 0 && (this.#starts[this.#last] ?? 0) > offset) this.#last--;
    while ((this.#starts[this.#last + 1] ?? Number.POSITIVE_INFINITY) <= offset) this.#last++;
    return this.#last;
  }
}

/**
 * Writes tokens and white space, with the comments of the source between them where they stood. Follows the
 * reference's printer, down to its estimate of where a token stands whose place it is not told.
 */
export class Printer {
  readonly #out = new Aligner();
  readonly #lines: Lines;
  readonly #comments: readonly Comment[][];
  #nextGroup = 0;
  #pending: Space[] = [];
  #indent = 0;
  #started = false;
  #lineStart = true;
  /** The place in the source, as far as known, and that behind the text written last. */
  #offset = 0;
  #line = 0;
  #lastLine = 0;

  constructor(lines: Lines, comments: readonly Comment[][]) {
    this.#lines = lines;
    this.#comments = comments;
  }

  space(...spaces: Space[]): void {
    this.#pending.push(...spaces);
  }

  /** Writes a token; `at` is its place in the source where that is known. */
  token(text: string, at?: number): void {
    if (at !== undefined) this.#move(at);
    const [offset, line] = [this.#offset, this.#line];
    if (this.#commentBefore(offset)) this.#writeComments(offset, line, false);
    else this.#flush(this.#pending.length);
    this.#write(text, offset, line, false);
  }

  finish(): string {
    if (this.#nextGroup < this.#comments.length)
      this.#writeComments(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, true);
    return this.#out.finish();
  }

  #move(offset: number): void {
    this.#offset = offset;
    this.#line = this.#lines.at(offset);
  }

  #commentBefore(offset: number): boolean {
    const start = this.#comments[this.#nextGroup]?.[0]?.range.start;
    return start !== undefined && start <= offset;
  }

  #writeComments(offset: number, line: number, atEnd: boolean): void {
    let last: Comment | undefined;
    while (this.#commentBefore(offset)) {
      for (const comment of this.#comments[this.#nextGroup] ?? []) {
        const start = this.#lines.at(comment.range.start);
        this.#beforeComment(start, line);
        this.#write(comment.text, comment.range.start, start, true);
        last = comment;
      }
      this.#nextGroup++;
    }
    if (last !== undefined && !atEnd) this.#afterComment(last, line);
  }

  #beforeComment(commentLine: number, nextLine: number): void {
    if (!this.#started) return;
    if (commentLine === this.#lastLine) {
      this.#writeSpace(commentLine === nextLine ? ' ' : '\t', 1);
      return;
    }
    let count = 0;
    for (const [index, space] of this.#pending.entries()) if (space !== '>' && space !== '<') count = index;
    const kept = this.#pending.slice(0, count).filter(isIndent);
    this.#pending = [...kept, ...this.#pending.slice(count).filter(isIndent)];
    this.#flush(kept.length);
    this.#writeSpace('\f', Math.min(commentLine - this.#lastLine, 2));
  }

  #afterComment(comment: Comment, nextLine: number): void {
    const endLine = this.#lines.at(comment.range.start + comment.text.length - 1);
    if (comment.text.startsWith('/*') && nextLine === endLine) this.#writeSpace(' ', 1);
    const newlines = nextLine - this.#lastLine;
    const feed = this.#pending.includes('\f');
    this.#pending = this.#pending.filter(isIndent);
    this.#flush(this.#pending.length);
    this.#writeSpace(feed ? '\f' : '\n', Math.min(newlines, 2));
  }

  #flush(count: number): void {
    for (const space of this.#pending.splice(0, count)) {
      if (space === '>') this.#indent++;
      else if (space === '<') this.#indent--;
      else this.#writeSpace(space, 1);
    }
  }

  #writeSpace(space: string, count: number): void {
    if (count <= 0) return;
    this.#writeIndent();
    this.#out.write(space.repeat(count));
    this.#started = true;
    this.#offset += count;
    if (space !== '\n' && space !== '\f') return;
    this.#line += count;
    this.#lineStart = true;
  }

  #write(text: string, offset: number, line: number, literal: boolean): void {
    this.#writeIndent();
    if (literal) this.#out.literal(text);
    else this.#out.write(text);
    this.#started = true;
    this.#offset = offset + text.length;
    this.#line = line + newlinesIn(text);
    this.#lastLine = this.#line;
  }

  #writeIndent(): void {
    if (!this.#lineStart) return;
    this.#lineStart = false;
    this.#out.write('\t'.repeat(this.#indent));
    this.#offset += this.#indent;
  }
}

function isIndent(space: Space): boolean {
  return space === '>' || space === '<';
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
