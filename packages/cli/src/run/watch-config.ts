import type { Clock, Files } from '@pewter/runtime';
import { readConfig } from '../config-files.ts';

/** Milliseconds without a further change until one counts: an editor writes, renames and touches in a row. */
const quiet = 100;

export interface WatchOptions {
  readonly files: Pick<Files, 'watch' | 'watchFolder' | 'stat'>;
  readonly clock: Clock;
  /** What the config consisted of before it was loaded: {@link configTexts}. */
  readonly seen: string;
  /** Reads the config again. Never rejects. */
  reload(): Promise<unknown>;
}

/**
 * Calls `reload` after the config at `path`, a file or a directory of them, has other texts than before; until the returned function
 * is called. Changes in a row are one, a file that is away for the moment of its replacement is no change, and what
 * cannot be read is told of once.
 */
export async function watchConfig(path: string, options: WatchOptions): Promise<() => void> {
  const watch = new ConfigWatch(path, options);
  const { kind } = await options.files.stat(path).catch(() => ({ kind: 'file' }));
  const changed = () => watch.changed();
  const cancel =
    kind === 'folder' ? options.files.watchFolder(path, changed) : options.files.watch(path, changed);
  // It may have changed while it was loaded.
  changed();
  return () => {
    cancel();
    watch.stop();
  };
}

class ConfigWatch {
  readonly #path: string;
  readonly #options: WatchOptions;
  #seen: string;
  #cancel: (() => void) | undefined;
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(path: string, options: WatchOptions) {
    this.#path = path;
    this.#options = options;
    this.#seen = options.seen;
  }

  changed(): void {
    this.#cancel?.();
    this.#cancel = this.#options.clock.setTimeout(() => {
      this.#looking = this.#looking.then(() => this.#look());
    }, quiet);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  async #look(): Promise<void> {
    const texts = await configTexts(this.#path);
    if (this.#stopped || texts === this.#seen) return;
    this.#seen = texts;
    await this.#options.reload();
  }
}

/** What a config consists of, as one text; what keeps it from being read counts as its text. */
export async function configTexts(path: string): Promise<string> {
  try {
    const sources = await readConfig(path);
    return JSON.stringify(sources.map(({ name, text }) => [name, text]));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
