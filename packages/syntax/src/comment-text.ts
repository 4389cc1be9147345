import { endOf } from './characters.ts';

const SPACE = /[ \t\r]*/y;

/** Whether only comments stand between `at`, the start of a comment, and the end of its line. */
export function commentEndsLine(text: string, at: number): boolean {
  while (text.startsWith('/*', at)) {
    const close = text.indexOf('*/', at + 2);
    if (close === -1 || text.slice(at, close).includes('\n')) return true;
    at = endOf(SPACE, text, close + 2);
    if (at === text.length || text[at] === '\n') return true;
  }
  return text.startsWith('//', at);
}

/** Carriage returns belong to the line ends, which the formatter writes anew; but one that keeps a comment open stays. */
export function withoutCarriageReturns(comment: string): string {
  return comment.includes('\r') ? comment.replace(/(?<!\*)\r|\r(?!\/)/g, '') : comment;
}
