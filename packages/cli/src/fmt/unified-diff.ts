import { styleText } from 'node:util';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

type Style = 'bold' | 'cyan' | 'red' | 'green';

/** How a line looks, by how it begins; the first that fits counts. */
const styles: readonly (readonly [beginning: RegExp, style: Style])[] = [
  [/^@@/, 'cyan'],
  [/^-/, 'red'],
  [/^\+/, 'green'],
];

/**
 * What formatting changes in a file, as a unified diff that `patch -p0` applies: three lines of context, the path on
 * both sides.
 */
export function unifiedDiff(path: string, before: string, after: string, color: boolean): string {
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return color ? patch.split('\n').map(painted).join('\n') : patch;
}

/** A removed line that begins with `--` looks like a header, so the two headers are known by their place. */
function painted(line: string, index: number): string {
  const style = index < 2 ? 'bold' : styles.find(([beginning]) => beginning.test(line))?.[1];
  return style === undefined ? line : styleText(style, line, { validateStream: false });
}
