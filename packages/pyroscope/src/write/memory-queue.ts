import type { Clock } from '@pewter/runtime';
import { labelsText } from '../labels.ts';
import type { AppendResult, Profile } from '../profiles-receiver.ts';
import type { Dropped, QueueLimits, QueueRest, QueueSize, SendQueue, TakenProfile } from './send-queue.ts';
import { Takers } from './takers.ts';

interface Entry {
  readonly profile: Profile;
  /** On the clock that never jumps. */
  readonly since: number;
  readonly settle: (result: AppendResult) => void;
}

/** Why profiles go that there is no room for. */
const full = 'the queue is full';

export interface MemoryQueueOptions extends QueueLimits {
  readonly clock: Clock;
  readonly dropped: Dropped;
}

/** A first-in first-out queue in memory. What it holds is lost with the process. */
export class MemoryQueue implements SendQueue {
  readonly problem = undefined;
  readonly #options: MemoryQueueOptions;
  /**
   * Oldest first. Not a set: the table of one that grows or shrinks refers to the next table (V8's `OrderedHashTable`).
   * Once one of them is old, all that come after it live until the whole heap is collected, each with every profile that
   * was in it when it was given up.
   */
  readonly #entries: Entry[] = [];
  /** What senders have in their hands; it is not delivered before they say so. */
  readonly #taken: Entry[] = [];
  readonly #takers = new Takers<Entry>();
  #bytes = 0;
  #closed = false;

  constructor(options: MemoryQueueOptions) {
    this.#options = options;
  }

  get size(): QueueSize {
    const now = this.#options.clock.monotonic();
    const since = Math.min(this.#entries[0]?.since ?? now, ...this.#taken.map((entry) => entry.since));
    return {
      profiles: this.#taken.length + this.#entries.length,
      bytes: bytesOf(this.#taken) + this.#bytes,
      age: now - since,
    };
  }

  put(profile: Profile, settle: (result: AppendResult) => void): void {
    const entry: Entry = { profile, settle, since: this.#options.clock.monotonic() };
    if (this.#closed) {
      this.#drop([entry], 'the component stopped');
      return;
    }
    this.#add(entry);
    this.#takers.serve(() => this.#shift());
    this.#dropExpired();
    this.#dropExcess();
  }

  async take(signal: AbortSignal): Promise<TakenProfile | undefined> {
    this.#dropExpired();
    if (signal.aborted) return undefined;
    const entry = this.#shift() ?? (this.#closed ? undefined : await this.#takers.wait(signal));
    return entry && this.#hand(entry);
  }

  close(): void {
    this.#closed = true;
    this.#takers.dismiss();
  }

  async end(): Promise<QueueRest> {
    this.close();
    const lost = this.#entries.length;
    this.#dropFirst(lost, 'the component stopped');
    return { kept: 0, lost };
  }

  #hand(entry: Entry): TakenProfile {
    this.#taken.push(entry);
    return {
      profile: entry.profile,
      isExpired: () => this.#expired(entry),
      finish: (result) => {
        this.#giveUp(entry);
        entry.settle(result);
      },
      release: () => {
        this.#giveUp(entry);
        this.#add(entry);
      },
    };
  }

  #giveUp(entry: Entry): void {
    const index = this.#taken.indexOf(entry);
    if (index >= 0) this.#taken.splice(index, 1);
  }

  #add(entry: Entry): void {
    this.#entries.push(entry);
    this.#bytes += entry.profile.bytes.length;
  }

  #shift(): Entry | undefined {
    const entry = this.#entries.shift();
    if (entry !== undefined) this.#bytes -= entry.profile.bytes.length;
    return entry;
  }

  #expired({ since }: Entry): boolean {
    return this.#options.clock.monotonic() - since > this.#options.maxAge;
  }

  #dropExpired(): void {
    const fresh = this.#entries.findIndex((entry) => !this.#expired(entry));
    this.#dropFirst(fresh === -1 ? this.#entries.length : fresh, 'too old to be sent');
  }

  /** The newest one stays, however large it is. */
  #dropExcess(): void {
    let left = this.#bytes;
    let count = 0;
    for (const { profile } of this.#entries) {
      if (left <= this.#options.maxBytes || count === this.#entries.length - 1) break;
      left -= profile.bytes.length;
      count++;
    }
    this.#dropFirst(count, full);
  }

  #dropFirst(count: number, why: string): void {
    if (count === 0) return;
    const dropped = this.#entries.splice(0, count);
    this.#bytes -= bytesOf(dropped);
    this.#drop(dropped, why);
  }

  #drop(entries: readonly Entry[], why: string): void {
    const [first] = entries;
    if (first === undefined) return;
    this.#options.dropped(entries.length, bytesOf(entries), why, labelsText(first.profile.labels));
    const overloaded = why === full ? ({ overloaded: true } as const) : {};
    for (const { settle } of entries) settle({ delivered: false, reason: `dropped: ${why}`, ...overloaded });
  }
}

function bytesOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { profile }) => sum + profile.bytes.length, 0);
}
