import { styleText } from 'node:util';
import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatchHunk } from 'diff';
import { type ChangedLine, changedLines } from './changed-lines.ts';

type Style = 'bold' | 'cyan' | 'red' | 'green';

/** How a line looks, by how it begins; the first that fits counts. */
const styles: readonly (readonly [beginning: RegExp, style: Style])[] = [
  [/^@@/, 'cyan'],
  [/^-/, 'red'],
  [/^\+/, 'green'],
];

/** How many lines that stay are shown around those that change. */
const CONTEXT = 3;

/**
 * What formatting changes in a file, as a unified diff that `patch -p0` applies: three lines of context, the path on
 * both sides.
 */
export function unifiedDiff(path: string, before: string, after: string, color: boolean): string {
  const hunks = hunksOf(changedLines(before, after));
  const names = { oldFileName: path, newFileName: path, oldHeader: undefined, newHeader: undefined };
  const patch = formatPatch({ ...names, hunks }, FILE_HEADERS_ONLY);
  return color ? patch.split('\n').map(painted).join('\n') : patch;
}

function hunksOf(lines: readonly ChangedLine[]): StructuredPatchHunk[] {
  let at = 0;
  let oldStart = 1;
  let newStart = 1;
  return stretches(lines).map(({ start, end }) => {
    oldStart += start - at;
    newStart += start - at;
    const part = lines.slice(start, end);
    const oldLines = part.filter(({ sign }) => sign !== '+').length;
    const newLines = part.filter(({ sign }) => sign !== '-').length;
    const hunk = { oldStart, oldLines, newStart, newLines, lines: part.flatMap(patchLines) };
    at = end;
    oldStart += oldLines;
    newStart += newLines;
    return hunk;
  });
}

/** The changed lines with those around them; what touches is one stretch. */
function stretches(lines: readonly ChangedLine[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const [at, { sign }] of lines.entries()) {
    if (sign === ' ') continue;
    const start = Math.max(0, at - CONTEXT);
    const end = Math.min(lines.length, at + CONTEXT + 1);
    const last = found.at(-1);
    if (last !== undefined && start <= last.end) last.end = end;
    else found.push({ start, end });
  }
  return found;
}

function patchLines({ sign, text }: ChangedLine): string[] {
  return text.endsWith('\n') ? [sign + text.slice(0, -1)] : [sign + text, '\\ No newline at end of file'];
}

/** A removed line that begins with `--` looks like a header, so the two headers are known by their place. */
function painted(line: string, index: number): string {
  const style = index < 2 ? 'bold' : styles.find(([beginning]) => beginning.test(line))?.[1];
  return style === undefined ? line : styleText(style, line, { validateStream: false });
}
