import { lex } from './lexer.ts';
import { parse } from './parse.ts';
import { SourceFile } from './source.ts';
import { Comma, Terminator, Text } from './token.ts';

/** Whether formatted text is free of mistakes and has the words and comments of the source, in the same order. */
export function keepsTokens(source: SourceFile, formatted: string): boolean {
  const before = words(source.text);
  const after = words(formatted);
  const same = before.length === after.length && before.every((word, index) => word === after[index]);
  return same && parse(new SourceFile(source.name, formatted)).diagnostics.length === 0;
}

/** What the formatter may not change: commas and line ends it may, and the quotes of keys, and it drops empty labels. */
function words(text: string): string[] {
  const { tokens, comments } = lex(text);
  const kept = tokens.filter(({ tokenType }) => tokenType !== Comma && tokenType !== Terminator);
  const images = kept.map(({ tokenType, image }) => (tokenType === Text ? image.slice(1, -1) : image));
  return [...images.filter((image) => image !== ''), ...comments.map((comment) => comment.text)];
}
