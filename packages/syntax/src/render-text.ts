import picocolors from 'picocolors';

import type { Diagnostic, Location } from './diagnostic.ts';
import { excerpt } from './excerpt.ts';

export interface TextOptions {
  readonly color: boolean;
  /** How many lines before the marked one and behind it are shown; 2 unless told. */
  readonly context?: number;
}

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
  if (location !== undefined) lines.push(...excerptOf(location, paint, colors, context));
  if (hint !== undefined) lines.push(`  ${colors.cyan('hint')}: ${hint}`);
  for (const other of related) {
    lines.push(`  ${placeOf(other)}: ${other.message}`, ...excerptOf(other, colors.blue, colors, 0));
  }
  return `${lines.join('\n')}\n`;
}

function placeOf({ source, range }: Location): string {
  const { line, column } = source.position(range.start);
  return `${source.name}:${line}:${column}`;
}

function excerptOf(
  place: Location,
  paint: (text: string) => string,
  colors: Colors,
  context: number,
): string[] {
  const { lines, indent, width } = excerpt(place, context);
  const gutterWidth = String(lines.at(-1)?.number ?? 0).length;
  const gutter = (number: string) => colors.dim(`  ${number.padStart(gutterWidth)} | `);
  return lines.flatMap(({ number, text, marked }) => {
    const shown = gutter(String(number)) + text;
    return marked ? [shown, gutter('') + ' '.repeat(indent) + paint('^'.repeat(width))] : [shown];
  });
}
