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
  // A set keeps the order, and gives up its first member at the same cost however many there are.
  readonly #entries = new Set<Entry>();
  /** What senders have in their hands; it is not delivered before they say so. */
  readonly #taken = new Set<Entry>();
  readonly #takers = new Takers<Entry>();
  #bytes = 0;
  #closed = false;

  constructor(options: MemoryQueueOptions) {
    this.#options = options;
  }

  get size(): QueueSize {
    const now = this.#options.clock.monotonic();
    const taken = [...this.#taken];
    const since = Math.min(this.#oldest?.since ?? now, ...taken.map((entry) => entry.since));
    return {
      profiles: taken.length + this.#entries.size,
      bytes: bytesOf(taken) + this.#bytes,
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
    const lost = [...this.#entries];
    this.#entries.clear();
    this.#bytes = 0;
    this.#drop(lost, 'the component stopped');
    return { kept: 0, lost: lost.length };
  }

  #hand(entry: Entry): TakenProfile {
    this.#taken.add(entry);
    return {
      profile: entry.profile,
      isExpired: () => this.#expired(entry),
      finish: (result) => {
        this.#taken.delete(entry);
        entry.settle(result);
      },
      release: () => {
        this.#taken.delete(entry);
        this.#add(entry);
      },
    };
  }

  get #oldest(): Entry | undefined {
    return this.#entries.values().next().value;
  }

  #add(entry: Entry): void {
    this.#entries.add(entry);
    this.#bytes += entry.profile.bytes.length;
  }

  #shift(): Entry | undefined {
    const entry = this.#oldest;
    if (entry === undefined) return undefined;
    this.#entries.delete(entry);
    this.#bytes -= entry.profile.bytes.length;
    return entry;
  }

  #expired({ since }: Entry): boolean {
    return this.#options.clock.monotonic() - since > this.#options.maxAge;
  }

  #dropExpired(): void {
    this.#dropWhile((oldest) => this.#expired(oldest), 'too old to be sent');
  }

  #dropExcess(): void {
    this.#dropWhile(() => this.#bytes > this.#options.maxBytes && this.#entries.size > 1, full);
  }

  #dropWhile(wanted: (oldest: Entry) => boolean, why: string): void {
    const dropped: Entry[] = [];
    for (let oldest = this.#oldest; oldest && wanted(oldest); oldest = this.#oldest) {
      this.#shift();
      dropped.push(oldest);
    }
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
