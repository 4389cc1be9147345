import type { CapsuleKind } from '@pewter/language';
import type { Label } from './labels.ts';

/**
 * One profile on its way. It is never changed: who wants other labels makes another object over the same bytes,
 * which are never copied.
 */
export interface Profile {
  /** Sorted by the bytes of their names. */
  readonly labels: readonly Label[];
  /** The pprof body exactly as it is to be sent, gzipped or plain. */
  readonly bytes: Uint8Array;
  /** The id that came with the profile; empty where it has none. */
  readonly id: string;
  /** Only of what came in over `/ingest`, and goes out the same way: `bytes` is then the body of that request, in any format. */
  readonly ingest?: IngestRequest;
}

/** What an `/ingest` request says beside its labels and body. */
export interface IngestRequest {
  /** The query without `name`, which is made from the labels: `from`, `until`, `format`, `spyName` and the like. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Undefined where the client gave none. */
  readonly contentType: string | undefined;
}

/** What became of a profile at its end: delivered (or kept in a durable queue, to be delivered), or why not. */
export type AppendResult =
  | { readonly delivered: true }
  | {
      readonly delivered: false;
      readonly reason: string;
      /** What the other side answered, where it did. */
      readonly status?: number;
      /** It was given up here for want of room: the same may be taken later. */
      readonly overloaded?: true;
    };

/** Where profiles are sent to: `pyroscope.write` and other components export one. */
export interface ProfilesReceiver {
  /**
   * Takes a profile at once. The promise tells, when it is known, what became of it; nobody need wait for it.
   * It never rejects and `append` never throws.
   */
  append(profile: Profile): Promise<AppendResult>;
}

/** The result of everything that went well. */
export const delivered: AppendResult = { delivered: true };

/** The capsule that carries a {@link ProfilesReceiver} through a config. */
export const profilesReceiverKind: CapsuleKind<ProfilesReceiver> = { name: 'pyroscope.receiver' };
