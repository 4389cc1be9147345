import { unquote } from './escape.ts';
import { lex } from './lexer.ts';
import { Comma, Terminator } from './token.ts';
import type { File } from './tree.ts';

/** A tree without its places, and without what the formatter may change: the quotes of keys, and empty labels. */
export function shapeOf(file: File): string {
  return JSON.stringify(file.body, (key, value) => {
    if (/range$/i.test(key) || key === 'braces') return undefined;
    if (key === 'label' && value?.value === '') return undefined;
    return key === 'text' && /^["`]/.test(value) ? unquote(value) : value;
  });
}

/** Of each comment: its text, how many tokens stand before it, and whether it is on the line of the one before. */
export function placesOfComments({ source: { text }, comments }: File): string[] {
  const tokens = lex(text).tokens.filter(({ tokenType }) => tokenType !== Comma && tokenType !== Terminator);
  return comments.map((comment) => {
    const before = tokens.filter(({ startOffset }) => startOffset < comment.range.start);
    const end = (before.at(-1)?.endOffset ?? 0) + 1;
    const code = text.slice(end, comment.range.start).replace(/\/\*[\s\S]*?\*\//g, '');
    const behind = before.length > 0 && !code.includes('\n');
    const count = before.filter(({ image }) => image !== '""').length;
    return `${comment.text} behind ${count} tokens${behind ? ', on the line of the last' : ''}`;
  });
}

/** Whether each token or comment, commas aside, begins a line. */
export function lineBreaks({ source: { text }, comments }: File): boolean[] {
  const tokens = lex(text).tokens.filter(({ tokenType }) => tokenType !== Comma && tokenType !== Terminator);
  const parts = [
    ...tokens.map(({ startOffset, endOffset }) => ({ start: startOffset, end: endOffset + 1 })),
    ...comments.map(({ range }) => range),
  ].sort((a, b) => a.start - b.start);
  return parts.map(({ start }, index) => text.slice(parts[index - 1]?.end ?? 0, start).includes('\n'));
}
