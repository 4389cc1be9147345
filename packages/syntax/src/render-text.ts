import picocolors from 'picocolors';

import type { Diagnostic, Location } from './diagnostic.ts';
import { excerpt } from './excerpt.ts';
import type { SecretField } from './secret-ranges.ts';
import type { SourceFile } from './source.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface TextOptions {
  readonly color: boolean;
  /** How many lines before the marked one and behind it are shown; 2 unless told. */
  readonly context?: number;
  /** Knows secrets that their names do not tell; what it knows is hidden in the lines of source. */
  readonly isSecret?: SecretField | undefined;
}

/** What all of one rendering shares. */
interface Style {
  readonly colors: ReturnType<typeof picocolors.createColors>;
  readonly context: number;
  /** A text as it may be shown. */
  readonly shown: (source: SourceFile) => SourceFile;
}

/**
 * Diagnostics for a terminal: place, message, the source with the range underlined, hint and related places. Secrets in the
 * source show as `*`.
 */
export function renderText(diagnostics: readonly Diagnostic[], options: TextOptions): string {
  const colors = picocolors.createColors(options.color);
  const known = new Map<SourceFile, SourceFile>();
  const shown = (source: SourceFile) => {
    const made = known.get(source) ?? withoutSecrets(source, options.isSecret);
    known.set(source, made);
    return made;
  };
  const style = { colors, context: options.context ?? 2, shown };
  return diagnostics.map((diagnostic) => renderOne(diagnostic, style)).join('\n');
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

function renderOne(diagnostic: Diagnostic, style: Style): string {
  const { colors } = style;
  const { severity, code, message, location, hint, related = [] } = diagnostic;
  const paint = severity === 'error' ? colors.red : colors.yellow;
  const place = location === undefined ? '' : `${placeOf(location)}: `;
  const lines = [`${place}${paint(`${severity}[${code}]`)}: ${colors.bold(message)}`];
  if (location !== undefined) lines.push(...excerptOf(location, paint, style));
  if (hint !== undefined) lines.push(`  ${colors.cyan('hint')}: ${hint}`);
  for (const other of related) {
    lines.push(
      `  ${placeOf(other)}: ${other.message}`,
      ...excerptOf(other, colors.blue, { ...style, context: 0 }),
    );
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
  { colors, context, shown }: Style,
): string[] {
  const { lines, indent, width } = excerpt(place, context, shown(place.source));
  const gutterWidth = String(lines.at(-1)?.number ?? 0).length;
  const gutter = (number: string) => colors.dim(`  ${number.padStart(gutterWidth)} | `);
  return lines.flatMap(({ number, text, marked }) => {
    const line = gutter(String(number)) + text;
    return marked ? [line, gutter('') + ' '.repeat(indent) + paint('^'.repeat(width))] : [line];
  });
}
