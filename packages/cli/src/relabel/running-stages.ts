import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compileRule, type RelabelRuleArguments, type RelabelRules, type Target } from '@pewter/discovery';
import type { LoadedConfig } from '@pewter/runtime';
import { type Pipeline, realOutside } from '@pewter/runtime/running';
import { CommandError } from '../command-error.ts';
import { runVocabulary } from '../components.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { createPipeline } from '../run/start-pipeline.ts';
import { isSecretField } from '../secret-field.ts';
import { isSource, type SourceFailure, tellFailures } from '../targets/source-failures.ts';
import type { RelabelOptions } from './relabel-targets.ts';
import { onlyThese } from './upstream.ts';

/** What runs of a `discovery.relabel`. */
export interface RunningStage {
  readonly targets: readonly Target[];
  readonly rules: RelabelRules;
}

/** The relabel components that ran by their ids, and the sources of targets that failed. */
export interface RunningStages {
  readonly stages: ReadonlyMap<string, RunningStage>;
  readonly failures: readonly SourceFailure[];
}

/** After its last discovery has answered, exports take this long at most to reach everything, in milliseconds. */
const settleMs = 500;

/**
 * Starts the parts of a config that a component depends on, waits until every discovery among them has answered once,
 * reads what comes into the relabel components, and ends all of it. Rejects with {@link CommandError}.
 */
export async function runStages(
  config: LoadedConfig,
  upstream: readonly string[],
  { stability, waitMs }: RelabelOptions,
  host: Host,
): Promise<RunningStages> {
  const silent = { ...host, stderr: { write: () => undefined, colors: false } };
  const storagePath = join(tmpdir(), 'pewter-relabel');
  const vocabulary = runVocabulary({ unsupported: 'skip', community: true });
  const settings = { outside: realOutside(), stability, storagePath, vocabulary };
  const { pipeline } = createPipeline(settings, silent);
  const { ok, diagnostics } = await pipeline.reload([...onlyThese(config, upstream)]);
  printDiagnostics(diagnostics, host, isSecretField);
  if (!ok) throw new CommandError('the config was not loaded', exitCode.failed);
  try {
    pipeline.start();
    await answered(pipeline, waitMs);
    const failures = tellFailures(pipeline, 'relabel', host);
    return { stages: new Map(upstream.flatMap((id) => stageOf(pipeline, id))), failures };
  } finally {
    await pipeline.stop();
  }
}

/** Waits until all discoveries have answered once, and what they found has reached everything. */
export async function answered(pipeline: Pipeline, waitMs: number): Promise<void> {
  const end = performance.now() + waitMs;
  const waiting = () =>
    pipeline.components().some(({ name, health }) => isSource(name) && health.state === 'unknown');
  if (!pipeline.components().some(({ name }) => isSource(name))) return;
  while (waiting() && performance.now() < end) await sleep(50);
  await sleep(settleMs);
}

function stageOf(pipeline: Pipeline, id: string): readonly (readonly [string, RunningStage])[] {
  if (!id.startsWith('discovery.relabel.')) return [];
  const decoded = pipeline.details(id)?.arguments?.decoded as
    | { readonly targets: readonly Target[]; readonly rule: readonly RelabelRuleArguments[] }
    | undefined;
  if (decoded === undefined) {
    throw new CommandError(
      `the rules of ${id} can not be told: see above, or give its targets with --targets`,
      exitCode.failed,
    );
  }
  return [[id, { targets: decoded.targets, rules: decoded.rule.map(compileRule) }]];
}
