import type { LoadOutcome, Pipeline } from '@pewter/runtime';
import type { ReloadResult } from '@pewter/server';
import type { SourceFile } from '@pewter/syntax';
import { CommandError } from '../command-error.ts';
import { readConfig } from '../config-files.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { countText, printDiagnostics } from '../print-diagnostics.ts';
import { isSecretField } from '../secret-field.ts';

/** Reads the config at `path` and loads it; shows what is wrong with it. Rejects with {@link CommandError} when it cannot be read. */
export async function loadConfig(pipeline: Pipeline, path: string, host: Host): Promise<LoadOutcome> {
  const outcome = await pipeline.reload(await readToRun(path));
  printDiagnostics(outcome.diagnostics, host, isSecretField);
  return outcome;
}

/** To run, a config that cannot be read is one that cannot be loaded, and has its exit status. */
async function readToRun(path: string): Promise<SourceFile[]> {
  try {
    return await readConfig(path);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(error.message, exitCode.failed, { cause: error });
  }
}

/** `applied`: whether the new config is in force, even where parts of it are wrong. */
export type ReloadOutcome = ReloadResult & { readonly applied: boolean };

/** What a reload needs besides the config itself. */
export interface Reloading {
  readonly pipeline: Pipeline;
  readonly path: string;
  readonly host: Host;
  /** Why a block that configures the program could not be put into force by the load just done. */
  readonly problem?: () => string | undefined;
}

/**
 * The same for a pipeline that runs: what is wrong is a result. Where the text is wrong, the pipeline goes on as it
 * was; where arguments are, the rest of the config is in force and what has them goes on with those it had.
 */
export async function reloadConfig({ pipeline, path, host, problem }: Reloading): Promise<ReloadOutcome> {
  try {
    const { ok, applied, diagnostics } = await loadConfig(pipeline, path, host);
    const unusable = applied ? problem?.() : undefined;
    if (ok && unusable === undefined) return { ok, applied };
    const first = unusable ?? firstError(diagnostics);
    const what = applied ? 'was loaded with errors' : 'was not loaded';
    const count = ok ? '' : ` (${countText(diagnostics)})`;
    return { ok: false, applied, message: `${path} ${what}${count}: ${first}` };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    pipeline.unreadable();
    return { ok: false, applied: false, message: error.message };
  }
}

/** The first mistake, with its place. */
function firstError(diagnostics: LoadOutcome['diagnostics']): string {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  if (first?.location === undefined) return first?.message ?? '';
  const { source, range } = first.location;
  const { line, column } = source.position(range.start);
  return `${source.name}:${line}:${column}: ${first.message}`;
}
