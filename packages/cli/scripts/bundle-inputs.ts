import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** A source of the bundle: its path from the root of the checkout, and what it was when it was read. */
export type BundleInput = readonly [path: string, size: number, modified: number];

/** The pages that `pewter docs` shows parts of. */
export const shownPages = ['diagnostics.md', 'language.md'];

/** The sources in this checkout that the bundle is made of; `bin/bundle.cjs` tells by them whether it is still true. */
export async function inputsOf(root: string, modules: readonly string[]): Promise<readonly BundleInput[]> {
  const data = join(root, 'packages', 'catalog', 'src', 'data');
  const read = (await readdir(data, { recursive: true })).filter((name) => name.endsWith('.json'));
  const sources = modules.filter(
    (id) => id.startsWith(join(root, 'packages')) && !id.includes('node_modules'),
  );
  const lockfile = join(root, 'pnpm-lock.yaml');
  const pages = shownPages.map((name) => join(root, 'docs', name));
  const all = [...new Set([...sources, ...read.map((name) => join(data, name)), ...pages, lockfile])].sort();
  return Promise.all(
    all.map(async (path) => {
      const { size, mtimeMs } = await stat(path);
      return [relative(root, path), size, mtimeMs] as const;
    }),
  );
}
