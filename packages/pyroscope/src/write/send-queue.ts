import type { AppendResult, Profile } from '../profiles-receiver.ts';

/** Bounds of a queue; a profile larger than `maxBytes` alone is still taken. */
export interface QueueLimits {
  readonly maxBytes: number;
  /** Milliseconds. */
  readonly maxAge: number;
}

/** A profile that a sender has taken from a queue. It is there until the sender says what became of it. */
export interface TakenProfile {
  readonly profile: Profile;
  /** Whether it is older than the queue keeps profiles. No getter: V8 makes a hidden class for each object that is given one. */
  isExpired(): boolean;
  /** It has been delivered or given up, and leaves the queue. */
  finish(result: AppendResult): void;
  /** It goes back to its place. */
  release(): void;
}

/** What a queue holds that is not delivered: what waits, and what senders have taken and try to push. */
export interface QueueSize {
  readonly profiles: number;
  readonly bytes: number;
  /** Of the profile that has waited longest, milliseconds; 0 where nothing waits. */
  readonly age: number;
}

/** What became of profiles that were in a queue when it ended. */
export interface QueueRest {
  /** Are on disk, and sent when a queue is opened there again. */
  readonly kept: number;
  readonly lost: number;
}

/** What lies between receiving and sending. */
export interface SendQueue {
  /**
   * Takes a profile at once. `settle` is called once, when it is delivered, given up or, where the queue keeps it
   * through the end of the process, kept.
   */
  put(profile: Profile, settle: (result: AppendResult) => void): void;
  /** The profile whose turn it is, waiting for one; undefined once the queue is closed and empty, or `signal` aborts. Rejects never. */
  take(signal: AbortSignal): Promise<TakenProfile | undefined>;
  /** Nothing more is put; what is there can still be taken. */
  close(): void;
  /** Ends it; nothing is taken any more. */
  end(): Promise<QueueRest>;
  readonly size: QueueSize;
  /** What is wrong with it, while that is so; one sentence. */
  readonly problem: string | undefined;
}

/** Told of profiles that a queue gives up by itself, and of the series of the first of them, for people. */
export type Dropped = (profiles: number, bytes: number, why: string, series: string) => void;
