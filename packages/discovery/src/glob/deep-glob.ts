import { posix } from 'node:path';
import { compareText } from '@pewter/language';
import type { Files } from '@pewter/runtime';
import { alternatives } from './alternatives.ts';
import { isThere, namesIn } from './folder.ts';
import { compileSegment, doublestarDialect, type GlobSegment } from './glob-segment.ts';

type Part = GlobSegment | 'deep';

/** A path pattern as `github.com/bmatcuk/doublestar` has it, compiled. */
export interface Glob {
  /** Whether a path as a text fits, whatever is there. */
  matches(path: string): boolean;
  /** The paths that exist and fit, each once, sorted by name folder by folder. */
  expand(files: Files): Promise<readonly string[]>;
}

/** A pattern that may hold `**` for any number of folders and `{a,b}` for either. Throws an Error where it is malformed. */
export function deepGlob(pattern: string): Glob {
  const asWritten = alternatives(pattern).map((one) => partsOf(one, pattern));
  // Only what is looked for is tidied up; a path that is given is compared as it is.
  const wanted = pattern === '' ? [] : alternatives(posix.normalize(pattern).replace(/(?<=.)\/$/, ''));
  const searches = wanted.map((one) => searchOf(one, pattern));
  return {
    matches: (path) => asWritten.some((parts) => fits(parts, path.split('/'))),
    async expand(files) {
      const found = (await Promise.all(searches.map((search) => search(files)))).flat();
      return searches.length === 1 ? found : [...new Set(found)].sort(compareByFolder);
    },
  };
}

function partsOf(pattern: string, whole: string): readonly Part[] {
  const partOf = (text: string) => (text === '**' ? 'deep' : compileSegment(text, doublestarDialect, whole));
  return pattern.split('/').map(partOf);
}

function fits([part, ...rest]: readonly Part[], names: readonly string[]): boolean {
  const [name, ...others] = names;
  if (part === undefined) return name === undefined;
  if (part === 'deep') return fits(rest, names) || (name !== undefined && fits([part, ...rest], others));
  return name !== undefined && part.matches(name) && fits(rest, others);
}

/** From the folder that needs no looking for; parts without a name lead nowhere. */
function searchOf(pattern: string, whole: string): (files: Files) => Promise<readonly string[]> {
  const [, base = '', rest = ''] = /^((?:(?:\\.|[^*?[\\/])*\/)*)(.*)$/su.exec(pattern) ?? [];
  const folder = base === '' ? '.' : literalPath(base).replace(/(?<=.)\/$/, '');
  if (!/(?:^|[^\\])(?:\\\\)*[*?[]/.test(rest)) {
    const path = literalPath(pattern);
    return async (files) => ((await isThere(files, path)) ? [path] : []);
  }
  const parts = partsOf(rest, whole);
  const nameless = parts.some((part) => part !== 'deep' && part.text === '') || /\/\//.test(base);
  return async (files) => (nameless ? [] : expandFrom(files, folder, parts));
}

/** In a path without wildcards, a backslash takes only the meaning of a character that has some. */
function literalPath(path: string): string {
  return path.replace(/\\([*?[\]{}])/g, '$1');
}

async function expandFrom(
  files: Files,
  base: string,
  [part, ...rest]: readonly Part[],
): Promise<readonly string[]> {
  if (part === undefined) return [base];
  if (part === 'deep') return expandDeep(files, base, rest, []);
  const names = (await namesIn(files, base)).filter((name) => part.matches(name));
  const found = await Promise.all(names.map((name) => expandFrom(files, posix.join(base, name), rest)));
  return found.flat();
}

/** Links to folders are followed, but not back to one that this way has come through. */
async function expandDeep(
  files: Files,
  base: string,
  rest: readonly Part[],
  above: readonly string[],
): Promise<readonly string[]> {
  const { kind, id } = await files.stat(base).catch(() => nothing);
  if (kind !== 'folder' || above.includes(id)) return [];
  const here = rest.length === 0 ? [base] : await expandFrom(files, base, rest);
  const below = (await namesIn(files, base)).map(async (name) => {
    const path = posix.join(base, name);
    const deeper = await expandDeep(files, path, rest, [...above, id]);
    return rest.length === 0 && deeper.length === 0 ? [path] : deeper;
  });
  return [...here, ...(await Promise.all(below)).flat()];
}

const nothing = { kind: 'other', id: '' } as const;

function compareByFolder(left: string, right: string): number {
  const [one, other] = [left.split('/'), right.split('/')];
  const at = one.findIndex((name, index) => name !== other[index]);
  return at < 0 ? one.length - other.length : compareText(one[at] ?? '', other[at] ?? '');
}
