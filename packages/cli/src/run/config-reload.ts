import type { LoadOutcome, Pipeline } from '@pewter/runtime';
import type { ReloadResult } from '@pewter/server';
import { CommandError } from '../command-error.ts';
import { readConfig } from '../config-files.ts';
import type { Host } from '../host.ts';
import { countText, printDiagnostics } from '../print-diagnostics.ts';

/** Reads the config at `path` and loads it; shows what is wrong with it. Rejects with {@link CommandError} when it cannot be read. */
export async function loadConfig(pipeline: Pipeline, path: string, host: Host): Promise<LoadOutcome> {
  const outcome = await pipeline.reload(await readConfig(path));
  printDiagnostics(outcome.diagnostics, host);
  return outcome;
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
