import { type Diagnostic, hasErrors, type SourceFile } from '@pewter/syntax';

/** What was found in one file. What is wrong inside of a module that it imports stands with it, at its own place. */
export interface FileResult {
  readonly file: string;
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** What was found in all that was asked for. */
export interface Report {
  readonly results: readonly FileResult[];
  /** How many configs were asked for; one of a directory has several files. */
  readonly configs: number;
  /** How many could not be read. */
  readonly unreadable: number;
  /** Warnings are as bad as errors. */
  readonly denyWarnings: boolean;
  /** People are shown every finding, however many there are of one file. */
  readonly all: boolean;
}

/** A config that was checked, or why it could not be read. */
export interface CheckedConfig {
  /** As it was asked for: a path, or `<stdin>`. */
  readonly name: string;
  readonly sources: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly unreadable?: string;
}

/** The findings of configs, file by file. */
export function reportOf(
  checked: readonly CheckedConfig[],
  { denyWarnings, all }: Pick<Report, 'denyWarnings' | 'all'>,
): Report {
  return {
    results: checked.flatMap((config) => fileResults(config, denyWarnings)),
    configs: checked.length,
    unreadable: checked.filter(({ unreadable }) => unreadable !== undefined).length,
    denyWarnings,
    all,
  };
}

function fileResults(config: CheckedConfig, denyWarnings: boolean): FileResult[] {
  const { name, sources, diagnostics, unreadable } = config;
  if (unreadable !== undefined) {
    return [
      { file: name, ok: false, diagnostics: [{ severity: 'error', code: 'E0901', message: unreadable }] },
    ];
  }
  const own = new Set(sources);
  return sources.map((source, at) => {
    const here = diagnostics.filter(({ location }) =>
      location !== undefined && own.has(location.source) ? location.source === source : at === 0,
    );
    const bad = denyWarnings ? here.length > 0 : hasErrors(here);
    return { file: source.name, ok: !bad, diagnostics: here };
  });
}
