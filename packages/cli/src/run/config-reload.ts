import type { LoadOutcome, Pipeline } from '@pewter/runtime';
import type { ReloadResult } from '@pewter/server';
import type { Diagnostic, SourceFile } from '@pewter/syntax';
import { CommandError } from '../command-error.ts';
import { readConfig } from '../config-files.ts';
import { exitCode } from '../exit-code.ts';
import { countText } from '../print-diagnostics.ts';
import { placeText } from './tell-diagnostics.ts';

/** Says what is wrong with a config. */
export type Tell = (diagnostics: readonly Diagnostic[]) => void;

/** Reads the config at `path` and loads it; tells what is wrong with it. Rejects with {@link CommandError} when it cannot be read. */
export async function loadConfig(pipeline: Pipeline, path: string, tell: Tell): Promise<LoadOutcome> {
  const outcome = await pipeline.reload(await readToRun(path));
  tell(outcome.diagnostics);
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
  readonly tell: Tell;
  /** Why a block that configures the program could not be put into force by the load just done. */
  readonly problem?: () => string | undefined;
}

/**
 * The same for a pipeline that runs: what is wrong is a result. Where the text is wrong, the pipeline goes on as it
 * was; where arguments are, the rest of the config is in force and what has them goes on with those it had.
 */
export async function reloadConfig({ pipeline, path, tell, problem }: Reloading): Promise<ReloadOutcome> {
  try {
    const { ok, applied, diagnostics } = await loadConfig(pipeline, path, tell);
    const unusable = applied ? problem?.() : undefined;
    if (ok && unusable === undefined) return { ok, applied };
    const what = applied ? 'was loaded with errors' : 'was not loaded';
    const count = ok ? '' : ` (${countText(diagnostics)})`;
    const why = [...(unusable === undefined ? [] : [unusable]), ...errorLines(diagnostics)];
    return { ok: false, applied, message: [`${path} ${what}${count}:`, ...why].join('\n  ') };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    pipeline.unreadable();
    return { ok: false, applied: false, message: error.message };
  }
}

/** Most mistakes that the answer to a reload names. */
const most = 20;

/** Each mistake in a line, with its place. */
function errorLines(diagnostics: readonly Diagnostic[]): readonly string[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const lines = errors
    .slice(0, most)
    .map(({ location, message }) => `${location === undefined ? '' : `${placeText(location)}: `}${message}`);
  return errors.length > most ? [...lines, `and ${errors.length - most} more`] : lines;
}
