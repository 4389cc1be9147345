import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { delivered } from '@pewter/pyroscope';
import type { ScrapeArguments } from '@pewter/pyroscope/targets';
import {
  type Component,
  type ComponentContext,
  type ComponentDefinition,
  registryOf,
  type Stability,
} from '@pewter/runtime';
import { realOutside } from '@pewter/runtime/running';
import { CommandError } from '../command-error.ts';
import { runVocabulary, type Vocabulary } from '../components.ts';
import { readConfig } from '../config-files.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { answered } from '../relabel/running-stages.ts';
import { createPipeline } from '../run/start-pipeline.ts';
import { isSecretField } from '../secret-field.ts';
import { type SourceFailure, tellFailures } from './source-failures.ts';

/** A pyroscope.scrape of a config as its discoveries filled it. */
export interface CapturedScrape {
  readonly id: string;
  readonly context: ComponentContext;
  readonly args: ScrapeArguments;
}

export interface CaptureOptions {
  readonly path: string;
  readonly stability: Stability;
  /** How long discoveries may take to answer. */
  readonly timeoutMs: number;
}

/**
 * Loads a config with pyroscope components that do nothing, lets its discoveries answer once, hands what its
 * pyroscope.scrape components were given to `use`, with what failed, and ends all of it.
 * Nothing is scraped or pushed. Rejects with {@link CommandError}.
 */
export async function withScrapes<T>(
  { path, stability, timeoutMs }: CaptureOptions,
  command: string,
  host: Host,
  use: (scrapes: readonly CapturedScrape[], failures: readonly SourceFailure[]) => Promise<T>,
): Promise<T> {
  const scrapes = new Map<string, CapturedScrape>();
  const vocabulary = inert(runVocabulary({ unsupported: 'skip', community: true }), scrapes);
  const storagePath = join(tmpdir(), `pewter-${command}`);
  const silent = { ...host, stderr: { write: () => undefined, colors: false } };
  const settings = { outside: realOutside(), stability, storagePath, vocabulary, patience: 1000 };
  const { pipeline } = createPipeline(settings, silent);
  const { ok, diagnostics } = await pipeline.reload(await readConfig(path));
  printDiagnostics(diagnostics, host, isSecretField);
  if (!ok) throw new CommandError(`${path} was not loaded`, exitCode.failed);
  try {
    pipeline.start();
    await answered(pipeline, timeoutMs);
    return await use([...scrapes.values()], tellFailures(pipeline, command, host));
  } finally {
    await pipeline.stop();
  }
}

/** The vocabulary with pyroscope components that keep their arguments and do nothing. */
function inert(vocabulary: Vocabulary, scrapes: Map<string, CapturedScrape>): Vocabulary {
  const components = Array.from(vocabulary.registry.values(), (one) =>
    one.name.startsWith('pyroscope.') && one.onlyKnown !== true ? idle(one, scrapes) : one,
  );
  return { ...vocabulary, registry: registryOf(components) };
}

function idle(definition: ComponentDefinition, scrapes: Map<string, CapturedScrape>): ComponentDefinition {
  const build = (context: ComponentContext, args: unknown) => {
    if ('receiver' in definition.exports.fields)
      context.setExports({ receiver: { append: async () => delivered } });
    const keep = (given: unknown) => {
      if (definition.name === 'pyroscope.scrape')
        scrapes.set(context.id, { id: context.id, context, args: given as ScrapeArguments });
    };
    return new Idle(args, keep);
  };
  return { ...definition, implementation: async () => ({ build }) };
}

class Idle implements Component<unknown> {
  readonly #keep: (args: unknown) => void;

  constructor(args: unknown, keep: (args: unknown) => void) {
    this.#keep = keep;
    keep(args);
  }

  update(args: unknown): void {
    this.#keep(args);
  }

  run(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}
