import type { LoadOutcome, Pipeline } from '@pewter/runtime';
import type { ReloadResult } from '@pewter/server';
import type { SourceFile } from '@pewter/syntax';
import { CommandError } from '../command-error.ts';
import { readConfig } from '../config-files.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { countText, printDiagnostics } from '../print-diagnostics.ts';

/** Reads the config at `path` and loads it; shows what is wrong with it. Rejects with {@link CommandError} when it cannot be read. */
export async function loadConfig(pipeline: Pipeline, path: string, host: Host): Promise<LoadOutcome> {
  const outcome = await pipeline.reload(await readToRun(path));
  printDiagnostics(outcome.diagnostics, host);
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

/** The same for a pipeline that runs: what is wrong is a result, and the pipeline goes on as it was. */
export async function reloadConfig(pipeline: Pipeline, path: string, host: Host): Promise<ReloadResult> {
  try {
    const { ok, diagnostics } = await loadConfig(pipeline, path, host);
    if (ok) return { ok };
    const first = diagnostics.find(({ severity }) => severity === 'error');
    return { ok, message: `${path} was not loaded (${countText(diagnostics)}): ${first?.message ?? ''}` };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { ok: false, message: error.message };
  }
}
