import type { AppendResult, Profile } from '../profiles-receiver.ts';

/** A profile that waits to be pushed. */
export interface QueuedProfile {
  readonly profile: Profile;
  /** Called once, when it is known what became of the profile. */
  settle(result: AppendResult): void;
}

/** What lies between receiving and sending. The one here is in memory; a durable one keeps the same promises. */
export interface ProfileQueue {
  /** Takes a profile at once; when full it gives up the oldest ones, which are returned. */
  put(entry: QueuedProfile): readonly QueuedProfile[];
  /** The oldest profile, waiting for one; undefined once the queue is closed and empty. */
  take(): Promise<QueuedProfile | undefined>;
  /** Nothing more is put; what is there can still be taken. */
  close(): void;
  /** Takes all that is left at once. */
  drain(): readonly QueuedProfile[];
  readonly size: number;
}

/** Bounds of a queue; a profile larger than `maxBytes` alone is still taken. */
export interface QueueLimits {
  readonly maxProfiles: number;
  readonly maxBytes: number;
}

/** A first-in first-out queue in memory. */
export class MemoryQueue implements ProfileQueue {
  readonly #limits: QueueLimits;
  readonly #entries: QueuedProfile[] = [];
  readonly #takers: ((entry: QueuedProfile | undefined) => void)[] = [];
  #bytes = 0;
  #closed = false;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#entries.length;
  }

  put(entry: QueuedProfile): readonly QueuedProfile[] {
    if (this.#closed) return [entry];
    const taker = this.#takers.shift();
    if (taker) {
      taker(entry);
      return [];
    }
    this.#entries.push(entry);
    this.#bytes += entry.profile.bytes.length;
    return this.#dropOldest();
  }

  take(): Promise<QueuedProfile | undefined> {
    const entry = this.#shift();
    if (entry || this.#closed) return Promise.resolve(entry);
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  close(): void {
    this.#closed = true;
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  drain(): readonly QueuedProfile[] {
    this.#bytes = 0;
    return this.#entries.splice(0);
  }

  #shift(): QueuedProfile | undefined {
    const entry = this.#entries.shift();
    if (entry) this.#bytes -= entry.profile.bytes.length;
    return entry;
  }

  #dropOldest(): readonly QueuedProfile[] {
    const dropped: QueuedProfile[] = [];
    while (
      this.#entries.length > this.#limits.maxProfiles ||
      (this.#bytes > this.#limits.maxBytes && this.#entries.length > 1)
    ) {
      const entry = this.#shift();
      if (entry) dropped.push(entry);
    }
    return dropped;
  }
}
