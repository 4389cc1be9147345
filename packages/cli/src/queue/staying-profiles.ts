import { type StoredEntry, seriesOf } from '@pewter/pyroscope/queue-files';
import { isoTime } from './queue-file.ts';

interface Story {
  readonly series: string;
  readonly why: string;
  readonly first: number;
  last: number;
  profiles: number;
}

/** Profiles that were not taken: those of one series that stay for one reason make one line. */
export class StayingProfiles {
  readonly #stories = new Map<string, Story>();

  add({ series, arrived }: StoredEntry, why: string): void {
    const key = JSON.stringify([series, why]);
    const story = this.#stories.get(key) ?? { series, why, first: arrived, last: arrived, profiles: 0 };
    story.profiles++;
    story.last = arrived;
    this.#stories.set(key, story);
  }

  texts(): readonly string[] {
    return Array.from(this.#stories.values(), ({ series, why, first, last, profiles }) => {
      const time = profiles === 1 ? isoTime(first) : `${isoTime(first)} to ${isoTime(last)}`;
      const what = profiles === 1 ? 'a profile stays' : `${profiles} profiles stay`;
      return `${what}, of ${seriesOf(series)}, came ${time}: ${why}`;
    });
  }
}
