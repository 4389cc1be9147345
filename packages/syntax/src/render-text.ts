import picocolors from 'picocolors';
import stringWidth from 'string-width';
import type { Diagnostic, Location } from './diagnostic.ts';

export interface TextOptions {
  readonly color: boolean;
  /** How many lines before the marked one are shown; 2 unless told. */
  readonly context?: number;
}

/** The widest source line that is shown whole. */
const WIDTH = 160;

type Colors = ReturnType<typeof picocolors.createColors>;

/** Diagnostics for a terminal: place, message, the source with the range underlined, hint and related places. */
export function renderText(diagnostics: readonly Diagnostic[], options: TextOptions): string {
  const colors = picocolors.createColors(options.color);
  return diagnostics.map((diagnostic) => renderOne(diagnostic, colors, options.context ?? 2)).join('\n');
}

/** How many errors and warnings there are, such as `2 errors, 1 warning`; empty when there are none. */
export function summary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const counts = [count(errors, 'error'), count(diagnostics.length - errors, 'warning')];
  return counts.filter((text) => text !== '').join(', ');
}

function count(number: number, noun: string): string {
  return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function renderOne(diagnostic: Diagnostic, colors: Colors, context: number): string {
  const { severity, code, message, location, hint, related = [] } = diagnostic;
  const paint = severity === 'error' ? colors.red : colors.yellow;
  const place = location === undefined ? '' : `${placeOf(location)}: `;
  const lines = [`${place}${paint(`${severity}[${code}]`)}: ${colors.bold(message)}`];
  if (location !== undefined) lines.push(...excerpt(location, paint, colors, context));
  if (hint !== undefined) lines.push(`  ${colors.cyan('hint')}: ${hint}`);
  for (const other of related) {
    lines.push(`  ${placeOf(other)}: ${other.message}`, ...excerpt(other, colors.blue, colors, 0));
  }
  return `${lines.join('\n')}\n`;
}

function placeOf({ source, range }: Location): string {
  const { line, column } = source.position(range.start);
  return `${source.name}:${line}:${column}`;
}

function excerpt(
  location: Location,
  paint: (text: string) => string,
  colors: Colors,
  context: number,
): string[] {
  const { source, range } = location;
  const { line, column } = source.position(range.start);
  const width = String(line).length;
  const gutter = (number: number | string) => colors.dim(`  ${String(number).padStart(width)} | `);
  const shown: string[] = [];
  for (let number = Math.max(1, line - context); number < line; number++)
    shown.push(gutter(number) + cut(printable(source.line(number)), 0).text);
  const text = source.line(line);
  const before = [...text].slice(0, column - 1).join('');
  const marked = text.slice(before.length, before.length + Math.max(1, range.end - range.start));
  const { text: visible, left } = cut(printable(text), printable(before).length);
  const indent = ' '.repeat(stringWidth(visible.slice(0, printable(before).length - left)));
  const under = '^'.repeat(Math.max(1, Math.min(stringWidth(printable(marked)), WIDTH - indent.length)));
  return [...shown, gutter(line) + visible, gutter('') + indent + paint(under)];
}

/** A line without tabs and control characters, so that a caret can be put below it and the terminal is safe. */
function printable(text: string): string {
  return text.replaceAll('\t', '    ').replace(/\p{Cc}/gu, '\uFFFD');
}

/** The part of a long line around a place; `left` is how many of its characters went away on the left. */
function cut(text: string, at: number): { text: string; left: number } {
  if (text.length <= WIDTH) return { text, left: 0 };
  const start = Math.max(0, Math.min(at - WIDTH / 2, text.length - WIDTH));
  const end = start + WIDTH;
  const head = start > 0 ? '…' : '';
  return {
    text: `${head}${text.slice(start + head.length, end)}${end < text.length ? '…' : ''}`,
    left: start,
  };
}
