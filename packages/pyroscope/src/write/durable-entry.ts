import type { AppendResult, Profile } from '../profiles-receiver.ts';
import type { LaneItem } from './lanes.ts';
import { type StoredEntry, seriesText, withArrival } from './queue-table.ts';

type Settle = (result: AppendResult) => void;

/** A profile in a durable queue, from its arrival until it has been answered or given up. */
export class DurableEntry implements LaneItem {
  /** The text of its series. */
  readonly lane: string;
  /** Milliseconds since the epoch; for whoever reads the file later. */
  readonly arrived: number;
  /** When it came, on the clock that never jumps. */
  readonly since: number;
  readonly size: number;
  /** Its number in the file; undefined while it is not there. */
  id: number | undefined;
  /** Absent once it is stored and too much is in memory. */
  profile: Profile | undefined;
  /** Whether its body in memory counts as one that need not be there. */
  held = false;
  /** Answered or given up. */
  gone = false;
  #settle: Settle | undefined;

  constructor(facts: Pick<DurableEntry, 'lane' | 'arrived' | 'since' | 'size'>, settle?: Settle) {
    ({ lane: this.lane, arrived: this.arrived, since: this.since, size: this.size } = facts);
    this.#settle = settle;
  }

  /** One that came now. */
  static arriving(profile: Profile, now: { arrived: number; since: number }, settle: Settle): DurableEntry {
    const entry = new DurableEntry(
      { ...now, lane: seriesText(profile.labels), size: profile.bytes.length },
      settle,
    );
    entry.profile = withArrival(profile, now.arrived);
    return entry;
  }

  /** One that an earlier process took in. Its age is that of the wall clock, and never below zero. */
  static found(
    { id, arrived, size, series }: StoredEntry,
    now: { arrived: number; since: number },
  ): DurableEntry {
    const since = now.since - Math.max(0, now.arrived - arrived);
    const entry = new DurableEntry({ lane: series, arrived, since, size });
    entry.id = id;
    return entry;
  }

  /** Tells who waits what became of it, the first time. */
  settle(result: AppendResult): void {
    this.#settle?.(result);
    this.#settle = undefined;
  }
}
