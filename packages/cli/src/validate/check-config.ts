import type { Linter } from '@pewter/lint';
import {
  type LoadedConfig,
  type LoadOptions,
  load,
  loadResolved,
  type ResolveImports,
} from '@pewter/runtime';
import type { Diagnostic, SourceFile } from '@pewter/syntax';

/** How configs are checked. */
export interface CheckOptions {
  readonly vocabulary: Omit<LoadOptions, 'sources'>;
  readonly resolveImports: ResolveImports;
  /** Only what this family of components needs is checked. */
  readonly slice?: string | undefined;
  readonly linter: Linter;
}

/** What is wrong with a config, or odd. */
export async function checkConfig(
  sources: readonly SourceFile[],
  options: CheckOptions,
): Promise<readonly Diagnostic[]> {
  const config = await loaded(sources, options);
  const diagnostics = options.linter.review(config);
  if (options.slice === undefined) return diagnostics;
  const { sliceDiagnostics } = await import('./slice.ts');
  return sliceDiagnostics({ ...config, diagnostics }, options.slice);
}

/** Imports are what needs the outside; without them nothing of it is even read into memory. */
async function loaded(sources: readonly SourceFile[], options: CheckOptions): Promise<LoadedConfig> {
  const { resolveImports } = options;
  const settings = { ...options.vocabulary, sources, resolveImports, checkLibraries: true };
  const imports = sources.some(({ text }) => /\bimport\s*\.\s*(?!string\b)/.test(text));
  if (!imports || resolveImports === 'off') return load(settings);
  const { importOutside } = await import('./import-outside.ts');
  return loadResolved(settings, importOutside());
}
