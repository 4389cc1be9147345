import type { Cancel, Clock } from '@pewter/runtime';
import type { DurableEntry } from './durable-entry.ts';
import type { QueueFile } from './queue-file.ts';
import type { NewEntry } from './queue-table.ts';

/** How long profiles are gathered for one transaction, milliseconds. */
const gatherMs = 10;
/** The bodies of one transaction, bytes; so much is copied at once. */
const maxBatchBytes = 8 * 1024 * 1024;

export interface QueueWriterOptions {
  readonly clock: Clock;
  readonly file: QueueFile;
  /** The entry is in the file now. */
  readonly stored: (entry: DurableEntry) => void;
}

/**
 * Brings profiles into a file and out of it again, many in one transaction. One that has been answered before its
 * transaction begins is never written.
 */
export class QueueWriter {
  readonly #options: QueueWriterOptions;
  /** Not in the file, oldest first. */
  readonly #unstored = new Set<DurableEntry>();
  #removed: number[] = [];
  #nextId = 1;
  #bytes = 0;
  #writing: Promise<void> | undefined;
  #cancel: Cancel | undefined;

  constructor(options: QueueWriterOptions) {
    this.#options = options;
  }

  /** Bytes that are not in the file. */
  get unstoredBytes(): number {
    return this.#bytes;
  }

  get unstored(): Iterable<DurableEntry> {
    return this.#unstored;
  }

  /** Numbers up to this one are taken. */
  numbersAfter(id: number): void {
    this.#nextId = Math.max(this.#nextId, id + 1);
  }

  add(entry: DurableEntry): void {
    entry.id = undefined;
    this.#unstored.add(entry);
    this.#bytes += entry.size;
    this.gather();
  }

  /** An entry that is gone leaves the file, or never gets there. */
  remove(entry: DurableEntry): void {
    if (entry.id === undefined) this.#forget(entry);
    else this.#removed.push(entry.id);
    this.gather();
  }

  /** Writes soon. */
  gather(): void {
    if (this.#cancel !== undefined || this.#writing !== undefined) return;
    this.#cancel = this.#options.clock.setTimeout(() => void this.#flush(), gatherMs);
  }

  /** Writes until there is nothing more to write, or the file does not work; then waits for nothing any more. */
  async end(): Promise<void> {
    await this.#writing;
    while (this.#options.file.usable && this.#hasWork) await this.#write();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** One transaction. What comes while it is under way is gathered for the next. */
  async #flush(): Promise<void> {
    this.#cancel = undefined;
    if (!this.#options.file.usable || !this.#hasWork) return;
    this.#writing = this.#write();
    await this.#writing;
    this.#writing = undefined;
    if (this.#options.file.usable && this.#hasWork) this.gather();
  }

  get #hasWork(): boolean {
    return this.#unstored.size > 0 || this.#removed.length > 0;
  }

  async #write(): Promise<void> {
    const batch = this.#batch();
    const rows = batch.map(({ row }) => row);
    const removed = this.#removed.splice(0);
    if (await this.#options.file.write(rows, removed))
      for (const { entry, row } of batch) this.#stored(entry, row.id);
    else this.#removed.unshift(...removed);
  }

  #batch(): { entry: DurableEntry; row: NewEntry }[] {
    const batch: { entry: DurableEntry; row: NewEntry }[] = [];
    let bytes = 0;
    for (const entry of this.#unstored) {
      const { arrived, size, lane: series, profile } = entry;
      if (profile === undefined || bytes > maxBatchBytes) break;
      bytes += size;
      batch.push({ entry, row: { id: this.#nextId++, arrived, size, series, profile } });
    }
    return batch;
  }

  #stored(entry: DurableEntry, id: number): void {
    this.#forget(entry);
    entry.id = id;
    if (entry.gone) this.#removed.push(id);
    else this.#options.stored(entry);
  }

  #forget(entry: DurableEntry): void {
    if (this.#unstored.delete(entry)) this.#bytes -= entry.size;
  }
}
