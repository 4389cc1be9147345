import type { Files } from '@pewter/runtime';
import { compileSegment, type GlobSegment } from './glob-segment.ts';

type Part = GlobSegment | 'deep';

/** A path pattern, compiled. */
export interface Glob {
  /** Whether a path as a text fits, whatever is there. */
  matches(path: string): boolean;
  /** The paths that exist and fit, each once, sorted by name folder by folder. */
  expand(files: Files): Promise<readonly string[]>;
}

/** A pattern as Go's `filepath.Glob` has it: no part of it spans folders. Throws an Error where it is malformed. */
export function plainGlob(pattern: string): Glob {
  return globOf([partsOf(pattern, false)]);
}

/** A pattern that may also hold `**` for any number of folders and `{a,b}` for either. Throws an Error where it is malformed. */
export function deepGlob(pattern: string): Glob {
  return globOf(alternatives(pattern).map((one) => partsOf(one, true)));
}

function globOf(patterns: readonly (readonly Part[])[]): Glob {
  return {
    matches: (path) => patterns.some((parts) => fits(parts, path.split('/'))),
    async expand(files) {
      const found = await Promise.all(patterns.map((parts) => expandFrom(files, undefined, parts)));
      return [...new Set(found.flat())];
    },
  };
}

function partsOf(pattern: string, deep: boolean): readonly Part[] {
  return pattern.split('/').map((text) => (deep && text === '**' ? 'deep' : compileSegment(text)));
}

function fits([part, ...rest]: readonly Part[], names: readonly string[]): boolean {
  const [name, ...others] = names;
  if (part === undefined) return name === undefined;
  if (part === 'deep') return fits(rest, names) || (name !== undefined && fits([part, ...rest], others));
  return name !== undefined && part.matches(name) && fits(rest, others);
}

/** `base` is undefined before the first part, so that `a` stays relative and `/a` begins at the root. */
async function expandFrom(
  files: Files,
  base: string | undefined,
  [part, ...rest]: readonly Part[],
): Promise<readonly string[]> {
  if (part === undefined) return base !== undefined && (await exists(files, base)) ? [base] : [];
  if (part === 'deep') return expandDeep(files, base, rest);
  if (part.literal !== undefined) return expandFrom(files, child(base, part.literal), rest);
  const names = (await namesIn(files, base)).filter((name) => part.matches(name));
  const found = await Promise.all(names.map((name) => expandFrom(files, child(base, name), rest)));
  return found.flat();
}

/** Links to folders are not gone into, so that one that leads upwards ends. */
async function expandDeep(
  files: Files,
  base: string | undefined,
  rest: readonly Part[],
): Promise<readonly string[]> {
  const here = rest.length === 0 ? [] : await expandFrom(files, base, rest);
  const below = (await namesIn(files, base)).map(async (name) => {
    const path = child(base, name);
    const own = rest.length === 0 ? [path] : [];
    const linked = await files.readLink(path).then(
      () => true,
      () => false,
    );
    return linked ? own : [...own, ...(await expandDeep(files, path, rest))];
  });
  return [...here, ...(await Promise.all(below)).flat()];
}

function child(base: string | undefined, name: string): string {
  return base === undefined ? name : `${base}/${name}`;
}

/** Nothing where there is no such folder, or where it may not be read: it matches nothing then. */
async function namesIn(files: Files, base: string | undefined): Promise<readonly string[]> {
  const folder = base === undefined ? '.' : base || '/';
  return ((await files.list(folder).catch(() => undefined)) ?? []).toSorted();
}

function exists(files: Files, path: string): Promise<boolean> {
  return files.stat(path).then(
    () => true,
    () => false,
  );
}

/** `a{b,c{d,e}}` as `ab`, `acd`, `ace`. Throws an Error where a brace is not closed. */
function alternatives(pattern: string): readonly string[] {
  const open = unescaped(pattern, '{', 0);
  if (open < 0) return [pattern];
  const choices: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === ',' && depth === 1) start = choices.push(pattern.slice(start, at)) && at + 1;
    else if (character === '}' && --depth === 0) {
      choices.push(pattern.slice(start, at));
      const rest = pattern.slice(at + 1);
      return choices.flatMap((choice) => alternatives(pattern.slice(0, open) + choice + rest));
    }
  }
  throw new Error(`\`${pattern}\` is no valid path pattern: a brace is not closed`);
}

function unescaped(text: string, wanted: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === wanted) return at;
  }
  return -1;
}
