import { parse } from '@pewter/syntax';
import type { ImportDefinition, ImportOutside } from './import-definition.ts';
import { type LoadedConfig, type LoadOptions, load, vocabularyOf } from './load.ts';
import { Prefetched, prefetchImports } from './prefetch.ts';
import { standardScope } from './standard-scope.ts';

/** How far a check goes to know what imports bring, the nearest first. */
export const resolveImportsLevels = ['off', 'file', 'all'] as const;

/**
 * `off`: nothing is read, and all that is used from an import is accepted. `file`: texts in the config and files of
 * this machine are read. `all`: also what is fetched from elsewhere.
 */
export type ResolveImports = (typeof resolveImportsLevels)[number];

const reached: Readonly<Record<ResolveImports, readonly ImportDefinition['reach'][]>> = {
  off: [],
  file: ['arguments', 'files'],
  all: ['arguments', 'files', 'network'],
};

/**
 * The same as `load`, with what imports bring as far as `resolveImports` says (`file` where it is absent). An import
 * that cannot be read is a warning, and what is used from it is accepted. Builds nothing.
 */
export async function loadResolved(options: LoadOptions, outside: ImportOutside): Promise<LoadedConfig> {
  const reach = reached[options.resolveImports ?? 'file'];
  const prefetched = new Prefetched();
  await prefetchImports(
    options.sources.map((source) => parse(source).file),
    {
      outside,
      vocabulary: vocabularyOf(options),
      standard: standardScope(undefined, options.stability),
      prefetched,
      mayRead: ({ from }) => reach.includes(from.reach),
    },
  );
  return load({ ...options, prefetched });
}
