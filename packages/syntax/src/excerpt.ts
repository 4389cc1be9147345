import type { Location } from './diagnostic.ts';
import { displayWidth } from './display-width.ts';
import type { SourceFile } from './source.ts';

/** How many characters of a source line are shown at most. */
const LENGTH = 160;

/** A line of an excerpt. */
export interface ExcerptLine {
  /** From 1. */
  readonly number: number;
  /** Safe for a terminal: without tabs and control characters, and not too long. */
  readonly text: string;
  /** Whether the place begins on it. */
  readonly marked: boolean;
}

/** The lines around a place, and where to underline the marked one: `indent` and `width` in columns of a terminal. */
export interface Excerpt {
  readonly lines: readonly ExcerptLine[];
  readonly indent: number;
  readonly width: number;
}

/**
 * The line of a place with up to `context` lines before it and behind it; a place of several lines ends with its first.
 * `shown` is its text as it may be shown, with the same lines and columns.
 */
export function excerpt({ source, range }: Location, context: number, shown: SourceFile): Excerpt {
  const { line, column } = source.position(range.start);
  const text = shown.line(line);
  const before = [...text].slice(0, column - 1).join('');
  const length = [...source.text.slice(range.start, range.end)].length;
  const marked = [...text].slice(column - 1, column - 1 + Math.max(1, length)).join('');
  const at = [...printable(before)].length;
  const window = cut(text, at);
  const last = Math.min(source.lineCount, line + context);
  const lines: ExcerptLine[] = [];
  for (let number = Math.max(1, line - context); number <= last; number++) {
    if (number === line) lines.push({ number, text: window.text, marked: true });
    else if (number < last || shown.line(number) !== '')
      lines.push({ number, text: cut(shown.line(number), 0).text, marked: false });
  }
  const indent = displayWidth([...window.text].slice(0, at - window.start).join(''));
  const room = Math.max(1, displayWidth(window.text) - indent);
  return { lines, indent, width: Math.max(1, Math.min(displayWidth(printable(marked)), room)) };
}

/** Without tabs, which are of no certain width, and without what could move the cursor or hide text. */
function printable(text: string): string {
  return text.replaceAll('\t', '    ').replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, '\uFFFD');
}

/** The part of a line around its character `at`; it begins with the character `start`. */
function cut(line: string, at: number): { text: string; start: number } {
  const characters = [...printable(line)];
  const start = Math.max(0, Math.min(at - LENGTH / 2, characters.length - LENGTH));
  const shown = characters.slice(start, start + LENGTH);
  if (start > 0) shown[0] = '…';
  if (start + LENGTH < characters.length) shown[LENGTH - 1] = '…';
  return { text: shown.join(''), start };
}
