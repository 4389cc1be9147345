import type { Cancel, ComponentContext, Database, FsyncPolicy } from '@pewter/runtime';
import type { Profile } from '../profiles-receiver.ts';
import {
  deleteStep,
  indexOf,
  indexStep,
  insertStep,
  loadStep,
  type NewEntry,
  profileOf,
  queueSchema,
  type StoredEntry,
} from './queue-table.ts';

/** How long until a file that failed is tried again: at first and at most, milliseconds. */
const firstRetryMs = 1_000;
const lastRetryMs = 10_000;

export interface QueueFileOptions {
  readonly context: Pick<ComponentContext, 'clock' | 'databases' | 'logger'>;
  readonly path: string;
  readonly fsync: FsyncPolicy;
  /** The file is open: what was in it, oldest first. Called again after a damaged file was replaced. */
  readonly opened: (found: readonly StoredEntry[], setAside: string | undefined) => void;
  /** A failed file may work again. */
  readonly retry: () => void;
  /** Counts a failure. */
  readonly failed: () => void;
}

/**
 * The file of a queue. Whatever happens to it is state here: it is tried again, replaced when it is damaged, and what
 * it cannot do its callers are told as `false` or undefined.
 */
export class QueueFile {
  readonly #options: QueueFileOptions;
  #database: Database | undefined;
  #cancelRetry: Cancel | undefined;
  #retryMs = firstRetryMs;
  #problem: string | undefined;
  #full = false;
  #ended = false;

  constructor(options: QueueFileOptions) {
    this.#options = options;
  }

  /** One sentence, while something is wrong. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Whether it is open and not waiting to be tried again. */
  get usable(): boolean {
    return this.#database !== undefined && this.#cancelRetry === undefined;
  }

  /** Whether the last thing that went wrong, and still does, is a full disk. */
  get full(): boolean {
    return this.#full;
  }

  /**
   * Begins a new file, for when nothing of the old one is needed. On a full disk that is the only way on: even to
   * remove something takes room.
   */
  async renew(): Promise<void> {
    const database = this.#database;
    this.#database = undefined;
    await database?.close();
    await this.open(true);
  }

  /** Opens it, or sees to it that this is tried again. */
  async open(afresh = false): Promise<void> {
    const { context, path, fsync, opened } = this.#options;
    try {
      const { database, setAside } = await context.databases.open(path, {
        schema: queueSchema,
        fsync,
        afresh,
      });
      const [rows = []] = await database.transact([indexStep]);
      if (this.#ended) return await database.close();
      this.#database = database;
      this.#works();
      if (setAside !== undefined)
        context.logger.error(
          { file: path, moved_to: setAside },
          'queue file is damaged: it was set aside and a new one begun',
        );
      opened(indexOf(rows), setAside);
    } catch (error) {
      this.#fails(error);
    }
  }

  /** Stores and removes in one transaction; false where neither is done. */
  async write(entries: readonly NewEntry[], removed: readonly number[]): Promise<boolean> {
    try {
      const steps = [
        ...(removed.length > 0 ? [deleteStep(removed)] : []),
        ...(entries.length > 0 ? [insertStep(entries)] : []),
      ];
      if (this.#database === undefined) return false;
      await this.#database.transact(steps);
      this.#works();
      return true;
    } catch (error) {
      await this.#failsOpen(error);
      return false;
    }
  }

  /** A stored profile; `damaged` where it is not as it was stored, undefined where the file cannot be read now. */
  async load(id: number): Promise<Profile | 'damaged' | undefined> {
    try {
      const answers = await this.#database?.transact([loadStep(id)]);
      return answers && (profileOf(answers[0]?.[0]) ?? 'damaged');
    } catch (error) {
      await this.#failsOpen(error);
      return undefined;
    }
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.#cancelRetry?.();
    const database = this.#database;
    this.#database = undefined;
    await database?.close();
  }

  #works(): void {
    if (this.#problem !== undefined)
      this.#options.context.logger.info({ file: this.#options.path }, 'queue file works again');
    this.#problem = undefined;
    this.#full = false;
    this.#retryMs = firstRetryMs;
  }

  /** A damaged file is given up, so that opening it again sets it aside. */
  async #failsOpen(error: unknown): Promise<void> {
    if (problemOf(error) === 'damaged') {
      const database = this.#database;
      this.#database = undefined;
      await database?.close();
    }
    this.#fails(error);
  }

  #fails(error: unknown): void {
    if (this.#ended) return;
    const { context, path, failed, retry } = this.#options;
    failed();
    this.#full = problemOf(error) === 'full';
    const problem = `queue file ${path}: ${reasonOf(error)}; profiles are kept in memory meanwhile`;
    if (problem !== this.#problem)
      context.logger.error(
        { file: path, err: reasonOf(error) },
        'queue file does not work: profiles are kept in memory meanwhile',
      );
    this.#problem = problem;
    this.#cancelRetry?.();
    this.#cancelRetry = context.clock.setTimeout(() => {
      this.#cancelRetry = undefined;
      if (this.#database === undefined) void this.open();
      else retry();
    }, this.#retryMs);
    this.#retryMs = Math.min(lastRetryMs, this.#retryMs * 2);
  }
}

function problemOf(error: unknown): string | undefined {
  return error instanceof Error && 'problem' in error ? String(error.problem) : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  full: 'the disk is full',
  'read-only': 'it cannot be written: look at the rights of its folder',
  'in use': 'another process uses it',
  damaged: 'it is damaged',
};

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const known = reasons[problemOf(error) ?? ''];
  return known === undefined ? message : `${known} (${message})`;
}
