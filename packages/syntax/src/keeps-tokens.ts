import { lex } from './lexer.ts';
import { parse } from './parse.ts';
import { SourceFile } from './source.ts';
import { Comma, RBrack, RCurly, RParen, Terminator, Text, type Token } from './token.ts';
import type { Comment } from './tree.ts';

/**
 * Whether formatted text is free of mistakes and has the words and comments of the source in the same order, each
 * comment on the line of the code before it if it was there.
 */
export function keepsTokens(source: SourceFile, formatted: string): boolean {
  const before = words(source.text);
  const after = words(formatted);
  const same = before.length === after.length && before.every((word, index) => word === after[index]);
  return same && parse(new SourceFile(source.name, formatted)).diagnostics.length === 0;
}

/** What the formatter may not change: commas and line ends it may, and the quotes of keys, and it drops empty labels. */
function words(text: string): string[] {
  const { tokens, comments } = lex(text);
  const found: string[] = [];
  let next = 0;
  let end = -1;
  for (const [index, { tokenType, image, startOffset }] of tokens.entries()) {
    if (tokenType === Terminator) continue;
    const separates = tokenType === Comma && !isOptional(text, startOffset, tokens[index + 1]);
    for (
      let one = comments[next];
      one !== undefined && one.range.start < startOffset;
      one = comments[++next]
    ) {
      found.push(`${placeOf(one, text, end)}${separates ? 'before a comma ' : ''}${one.text}`);
      end = one.range.end;
    }
    const word = tokenType === Text ? image.slice(1, -1) : image;
    if (tokenType !== Comma && word !== '') found.push(word);
    end = startOffset + image.length;
  }
  for (const one of comments.slice(next)) {
    found.push(`${placeOf(one, text, end)}${one.text}`);
    end = one.range.end;
  }
  return found;
}

function placeOf(comment: Comment, text: string, endBefore: number): string {
  const behind = endBefore >= 0 && !text.slice(endBefore, comment.range.start).includes('\n');
  return behind ? 'behind ' : 'below ';
}

/** The comma between the last element and what closes the list on its line comes and goes; of others a comment keeps its side. */
function isOptional(text: string, comma: number, next: Token | undefined): boolean {
  return (
    next !== undefined && CLOSING.has(next.tokenType) && !text.slice(comma, next.startOffset).includes('\n')
  );
}

const CLOSING: ReadonlySet<unknown> = new Set([RCurly, RBrack, RParen]);
