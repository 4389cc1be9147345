import type { Profile } from '@pewter/pprof';

/** A profile as it was pushed: it has been checked, and its bytes have not been touched. */
export interface ReceivedProfile {
  /** The labels of its series, with `__name__` for the kind of profile and `service_name` for where it is from. */
  readonly labels: Readonly<Record<string, string>>;
  /** What the sender calls it; empty where it gives no name. */
  readonly id: string;
  /** pprof, gzipped or not, as it came. */
  readonly bytes: Uint8Array;
  /** The same, decoded. */
  readonly profile: Profile;
}
