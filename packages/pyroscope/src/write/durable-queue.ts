import type { Clock, ComponentContext, FsyncPolicy } from '@pewter/runtime';
import { type AppendResult, delivered, type Profile } from '../profiles-receiver.ts';
import { DurableEntry } from './durable-entry.ts';
import { Lanes } from './lanes.ts';
import { pause } from './pause.ts';
import { QueueFile } from './queue-file.ts';
import { type StoredEntry, seriesOf } from './queue-table.ts';
import { QueueWriter } from './queue-writer.ts';
import type { Dropped, QueueLimits, QueueRest, QueueSize, SendQueue, TakenProfile } from './send-queue.ts';
import { Takers } from './takers.ts';

/** Bodies of stored profiles that stay in memory, so that they need not be read again; bytes. */
const maxHeldBytes = 32 * 1024 * 1024;
/** How long a sender waits when the file cannot be read, milliseconds. */
const unreadableMs = 1_000;

/** Why profiles go that there is no room for. */
const queueFull = 'the queue is full';
const memoryFull = 'the queue file does not work and memory is full';
const full: ReadonlySet<string> = new Set([queueFull, memoryFull]);

export interface DurableQueueOptions extends QueueLimits {
  readonly context: Pick<ComponentContext, 'clock' | 'databases' | 'logger'>;
  readonly path: string;
  readonly fsync: FsyncPolicy;
  /** Bounds what is in memory alone, while the file does not work. */
  readonly maxUnstoredBytes: number;
  readonly dropped: Dropped;
  /** Counts a failure of the file. */
  readonly failed: () => void;
}

/**
 * A queue whose profiles outlive the process: they are written to a file beside the sending, and removed after they
 * have been answered. In order within a series. What was answered just before a process is killed may be sent again
 * by the next one. While the file does not work, it is a queue in memory.
 */
export class DurableQueue implements SendQueue {
  #options: DurableQueueOptions;
  readonly #clock: Clock;
  readonly #file: QueueFile;
  readonly #writer: QueueWriter;
  readonly #lanes = new Lanes<DurableEntry>();
  readonly #takers = new Takers<DurableEntry>();
  /** All that is neither answered nor given up. */
  readonly #entries = new Set<DurableEntry>();
  #bytes = 0;
  #heldBytes = 0;
  /** What is in the file comes first, so nothing is sent before it was looked at. */
  #ready = false;
  #closed = false;
  #starting: Promise<void> | undefined;

  constructor(options: DurableQueueOptions) {
    this.#options = options;
    this.#clock = options.context.clock;
    const opened = (found: readonly StoredEntry[]) => this.#opened(found);
    this.#file = new QueueFile({ ...options, opened, retry: () => this.#retry() });
    this.#writer = new QueueWriter({
      clock: this.#clock,
      file: this.#file,
      stored: (entry) => this.#stored(entry),
    });
  }

  get problem(): string | undefined {
    return this.#file.problem;
  }

  get size(): QueueSize {
    const oldest = this.#lanes.oldest;
    const age = oldest === undefined ? 0 : this.#clock.monotonic() - oldest.since;
    return { profiles: this.#entries.size, bytes: this.#bytes, age };
  }

  /** Opens the file; called once. Resolves when that is done or has failed. */
  start(): Promise<void> {
    this.#starting = this.#start();
    return this.#starting;
  }

  async #start(): Promise<void> {
    await this.#file.open();
    this.#ready = true;
    this.#serve();
    this.#writer.gather();
  }

  /** Other limits from now on. */
  limit(limits: QueueLimits): void {
    this.#options = { ...this.#options, ...limits };
    this.#dropExcess();
  }

  put(profile: Profile, settle: (result: AppendResult) => void): void {
    const entry = DurableEntry.arriving(profile, this.#now, settle);
    this.#enter(entry);
    if (this.#closed) {
      this.#drop([entry], 'the component stopped');
      return;
    }
    this.#lanes.push(entry);
    this.#writer.add(entry);
    this.#serve();
    this.#dropExcess();
  }

  async take(signal: AbortSignal): Promise<TakenProfile | undefined> {
    while (!signal.aborted) {
      const entry = this.#next() ?? (this.#drained ? undefined : await this.#takers.wait(signal));
      if (entry === undefined) return undefined;
      const profile = await this.#profileOf(entry, signal);
      if (profile !== undefined) return this.#taken(entry, profile);
    }
    return undefined;
  }

  close(): void {
    this.#closed = true;
    if (this.#drained) this.#takers.dismiss();
  }

  async end(): Promise<QueueRest> {
    this.#closed = true;
    this.#takers.dismiss();
    // What came while the file was being opened can still be kept.
    await this.#starting;
    await this.#writer.end();
    const lost = [...this.#writer.unstored].filter(({ gone }) => !gone);
    this.#drop(lost, 'the component stopped');
    await this.#file.close();
    return { kept: this.#entries.size, lost: lost.length };
  }

  get #now() {
    return { arrived: this.#clock.now(), since: this.#clock.monotonic() };
  }

  get #drained(): boolean {
    return this.#closed && this.#lanes.waiting === 0;
  }

  #taken(entry: DurableEntry, profile: Profile): TakenProfile {
    return {
      profile,
      isExpired: () => this.#expired(entry),
      finish: (result) => {
        entry.settle(result);
        this.#leave(entry);
        this.#release(entry);
      },
      release: () => {
        this.#lanes.putBack([entry]);
        this.#release(entry);
      },
    };
  }

  /** The body, from memory or the file. One that is not what was stored is given up; one that cannot be read now goes back. */
  async #profileOf(entry: DurableEntry, signal: AbortSignal): Promise<Profile | undefined> {
    if (entry.profile !== undefined) return entry.profile;
    const profile = entry.id === undefined ? 'damaged' : await this.#file.load(entry.id);
    if (profile !== undefined && profile !== 'damaged') return profile;
    if (profile === 'damaged') this.#drop([entry], 'damaged in the queue file');
    else this.#lanes.putBack([entry]);
    if (profile === undefined) await pause(this.#clock, unreadableMs, signal);
    this.#release(entry);
    return undefined;
  }

  #release(entry: DurableEntry): void {
    this.#lanes.release(entry);
    this.#serve();
    if (this.#drained) this.#takers.dismiss();
  }

  #serve(): void {
    this.#takers.serve(() => this.#next());
  }

  #next(): DurableEntry | undefined {
    if (!this.#ready) return undefined;
    this.#dropExpired();
    return this.#lanes.next();
  }

  #enter(entry: DurableEntry): void {
    this.#entries.add(entry);
    this.#bytes += entry.size;
  }

  #leave(entry: DurableEntry): void {
    if (!this.#entries.delete(entry)) return;
    entry.gone = true;
    // A set's old tables may hold the entry until the whole heap is collected.
    entry.profile = undefined;
    this.#bytes -= entry.size;
    if (entry.held) this.#heldBytes -= entry.size;
    this.#writer.remove(entry);
  }

  #stored(entry: DurableEntry): void {
    entry.settle(delivered);
    entry.held = this.#heldBytes + entry.size <= maxHeldBytes;
    if (entry.held) this.#heldBytes += entry.size;
    else entry.profile = undefined;
  }

  /** The file may work again. Where its disk is full and all that it holds was answered, it is begun anew. */
  #retry(): void {
    const needed = () => [...this.#entries].some(({ id }) => id !== undefined);
    if (this.#file.full && !needed()) void this.#file.renew();
    else this.#writer.gather();
  }

  /** Brings what is in the file and what is known of it together: the file was opened, or replaced. */
  #opened(found: readonly StoredEntry[]): void {
    const left = new Map(found.map((stored) => [stored.id, stored]));
    this.#writer.numbersAfter(found.at(-1)?.id ?? 0);
    for (const entry of [...this.#entries]) {
      if (entry.id === undefined || left.delete(entry.id)) continue;
      if (entry.held) this.#heldBytes -= entry.size;
      entry.held = false;
      if (entry.profile !== undefined) this.#writer.add(entry);
      else if (this.#lanes.remove(entry)) this.#drop([entry], 'damaged in the queue file');
    }
    const older = [...left.values()].map((stored) => DurableEntry.found(stored, this.#now));
    for (const entry of older) this.#enter(entry);
    this.#lanes.putBack(older);
    this.#serve();
    this.#writer.gather();
    this.#dropExcess();
  }

  #expired({ since }: DurableEntry): boolean {
    return this.#clock.monotonic() - since > this.#options.maxAge;
  }

  #dropExpired(): void {
    this.#dropWhile((oldest) => this.#expired(oldest), 'too old to be sent');
  }

  #dropExcess(): void {
    const { maxBytes, maxUnstoredBytes } = this.#options;
    this.#dropExpired();
    this.#dropWhile(() => this.#bytes > maxBytes && this.#lanes.waiting > 1, queueFull);
    for (const entry of this.#writer.unstored) {
      if (this.#writer.unstoredBytes <= maxUnstoredBytes) return;
      if (this.#lanes.remove(entry)) this.#drop([entry], memoryFull);
    }
  }

  #dropWhile(wanted: (oldest: DurableEntry) => boolean, why: string): void {
    for (let oldest = this.#lanes.oldest; oldest && wanted(oldest); oldest = this.#lanes.oldest) {
      this.#lanes.remove(oldest);
      this.#drop([oldest], why);
    }
  }

  #drop(entries: readonly DurableEntry[], why: string): void {
    const [first] = entries;
    if (first === undefined) return;
    this.#options.dropped(
      entries.length,
      entries.reduce((sum, { size }) => sum + size, 0),
      why,
      seriesOf(first.lane),
    );
    for (const entry of entries) {
      entry.settle({
        delivered: false,
        reason: `dropped: ${why}`,
        ...(full.has(why) && { overloaded: true }),
      });
      this.#leave(entry);
    }
  }
}
