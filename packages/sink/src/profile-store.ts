import { DatabaseSync } from 'node:sqlite';
import { summarise } from '@pewter/pprof';
import type { ReceivedProfile } from './received-profile.ts';

/** How much a store keeps; the oldest profiles go first. */
export interface Retention {
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/** A series with what is stored of it; times in milliseconds since the epoch. */
export interface StoredSeries {
  readonly id: number;
  readonly labels: Readonly<Record<string, string>>;
  /** `TYPE/UNIT` of its profiles' values. */
  readonly types: readonly string[];
  readonly profiles: number;
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
}

/** A profile without its body. */
export interface StoredProfile {
  readonly id: number;
  readonly time: number;
  readonly bytes: number;
  readonly samples: number;
}

const schema = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA auto_vacuum = INCREMENTAL;
CREATE TABLE IF NOT EXISTS series (id INTEGER PRIMARY KEY, labels TEXT NOT NULL UNIQUE, types TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS profile (
  id INTEGER PRIMARY KEY,
  series INTEGER NOT NULL REFERENCES series (id),
  arrived INTEGER NOT NULL,
  time INTEGER NOT NULL,
  size INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS profile_by_series ON profile (series, time);`;

/** Profiles by series, in a file or in memory. */
export class ProfileStore {
  readonly #database: DatabaseSync;
  readonly #retention: Retention;
  readonly #now: () => number;
  #bytes: number;

  /** Without a path it is in memory. Throws the error of SQLite where the file is none of its own. */
  constructor(path: string | undefined, retention: Retention, now: () => number = Date.now) {
    this.#database = new DatabaseSync(path ?? ':memory:');
    this.#database.exec(schema);
    this.#retention = retention;
    this.#now = now;
    this.#bytes = Number(
      this.#database.prepare('SELECT ifnull(sum(size), 0) AS bytes FROM profile').get()?.bytes,
    );
  }

  add({ labels, bytes, profile }: ReceivedProfile): void {
    const { sampleTypes, samples, timeNanos } = summarise(profile);
    const arrived = this.#now();
    const time = timeNanos > 0n ? Number(timeNanos / 1_000_000n) : arrived;
    const sorted = JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const series = this.#seriesOf(sorted, sampleTypes);
    this.#database
      .prepare('INSERT INTO profile (series, arrived, time, size, samples, body) VALUES (?, ?, ?, ?, ?, ?)')
      .run(series, arrived, time, bytes.length, samples, bytes);
    this.#bytes += bytes.length;
    this.#prune(arrived);
  }

  /** Its number; the types of its profiles are remembered, for they need not be the same in each. */
  #seriesOf(labels: string, types: readonly string[]): number {
    const known = this.#database.prepare('SELECT id, types FROM series WHERE labels = ?').get(labels);
    const all = [...new Set([...(known ? (JSON.parse(String(known.types)) as string[]) : []), ...types])];
    const row = this.#database
      .prepare(
        'INSERT INTO series (labels, types) VALUES (?, ?) ON CONFLICT (labels) DO UPDATE SET types = excluded.types RETURNING id',
      )
      .get(labels, JSON.stringify(all));
    return Number(row?.id);
  }

  /** All series, those that got something last first. */
  series(): readonly StoredSeries[] {
    const rows =
      this.#database.prepare(`SELECT series.id, labels, types, count(*) AS profiles, sum(size) AS bytes, min(time) AS first, max(time) AS last
      FROM series JOIN profile ON profile.series = series.id GROUP BY series.id ORDER BY last DESC, series.id`);
    return rows.all().map(({ id, labels, types, profiles, bytes, first, last }) => ({
      id: Number(id),
      labels: Object.fromEntries(JSON.parse(String(labels)) as [string, string][]),
      types: JSON.parse(String(types)) as string[],
      profiles: Number(profiles),
      bytes: Number(bytes),
      first: Number(first),
      last: Number(last),
    }));
  }

  /** The newest `most` profiles of a series between two times, newest first. */
  profiles(series: number, from: number, until: number, most: number): readonly StoredProfile[] {
    const rows = this.#database.prepare(
      'SELECT id, time, size, samples FROM profile WHERE series = ? AND time BETWEEN ? AND ? ORDER BY time DESC, id DESC LIMIT ?',
    );
    return rows.all(series, from, until, most).map(({ id, time, size, samples }) => ({
      id: Number(id),
      time: Number(time),
      bytes: Number(size),
      samples: Number(samples),
    }));
  }

  /** The profile as it came. */
  body(id: number): Uint8Array | undefined {
    const body = this.#database.prepare('SELECT body FROM profile WHERE id = ?').get(id)?.body;
    return body instanceof Uint8Array ? body : undefined;
  }

  close(): void {
    this.#database.close();
  }

  #prune(now: number): void {
    this.#remove(
      'SELECT id, size FROM profile WHERE arrived < ? ORDER BY id',
      now - this.#retention.maxAgeMs,
      () => true,
    );
    this.#remove(
      'SELECT id, size FROM profile WHERE id > ? ORDER BY id',
      0,
      () => this.#bytes > this.#retention.maxBytes,
    );
    this.#database.exec('PRAGMA incremental_vacuum(64)');
  }

  #remove(query: string, parameter: number, wanted: () => boolean): void {
    const removed: number[] = [];
    for (const { id, size } of this.#database.prepare(query).iterate(parameter)) {
      if (!wanted()) break;
      removed.push(Number(id));
      this.#bytes -= Number(size);
    }
    for (const id of removed) this.#database.prepare('DELETE FROM profile WHERE id = ?').run(id);
    if (removed.length > 0)
      this.#database.exec('DELETE FROM series WHERE id NOT IN (SELECT series FROM profile)');
  }
}
