import { crc32 } from 'node:zlib';
import type { SqlRow, SqlStep } from '@pewter/runtime';
import { type Label, labelsText } from '../labels.ts';
import type { IngestRequest, Profile } from '../profiles-receiver.ts';

/** By this a file is known as a queue. The version is in it. */
export const tableName = 'profile_v1';

/** The table of a queue: profiles in the order in which they came. */
export const queueSchema = `CREATE TABLE IF NOT EXISTS ${tableName} (
  id INTEGER PRIMARY KEY,
  arrived INTEGER NOT NULL,
  size INTEGER NOT NULL,
  crc INTEGER NOT NULL,
  labels TEXT NOT NULL,
  name TEXT NOT NULL,
  ingest TEXT,
  body BLOB NOT NULL
)`;

/** What is known of a stored profile without its body. */
export interface StoredEntry {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly arrived: number;
  /** Of the body, bytes. */
  readonly size: number;
  /** The labels as they are stored: the same text for the same series. */
  readonly series: string;
}

/** The labels as text; one text for one series. */
export function seriesText(labels: readonly Label[]): string {
  return JSON.stringify(labels.map(({ name, value }) => [name, value]));
}

/** The labels of such a text. Throws where it is none. */
function labelsOf(series: string): readonly Label[] {
  const pairs = JSON.parse(series) as readonly [string, string][];
  return pairs.map(([name, value]) => ({ name, value }));
}

/** Such a text for people, as far as it can be read. */
export function seriesOf(series: string): string {
  try {
    return labelsText(labelsOf(series));
  } catch {
    return series;
  }
}

/** A profile to be stored under its number. */
export interface NewEntry extends StoredEntry {
  readonly profile: Profile;
}

/** Stores profiles. */
export function insertStep(entries: readonly NewEntry[]): SqlStep {
  return {
    sql: 'INSERT INTO profile_v1 VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    rows: entries.map(({ id, arrived, size, series, profile: { bytes, id: name, ingest } }) => [
      id,
      Math.round(arrived),
      size,
      crc32(bytes),
      series,
      name,
      ingest === undefined ? null : JSON.stringify(ingest),
      bytes,
    ]),
  };
}

/** Removes profiles by their numbers. */
export function deleteStep(ids: readonly number[]): SqlStep {
  return { sql: 'DELETE FROM profile_v1 WHERE id = ?', rows: ids.map((id) => [id]) };
}

/** Gives a row where a database is a queue. */
export const isQueueStep: SqlStep = {
  sql: `SELECT name FROM sqlite_master WHERE name = '${tableName}'`,
};

/** Asks for everything but the bodies, oldest first. */
export const indexStep: SqlStep = { sql: 'SELECT id, arrived, size, labels FROM profile_v1 ORDER BY id' };

/** Rows of {@link indexStep}. */
export function indexOf(rows: readonly SqlRow[]): StoredEntry[] {
  return rows.map(({ id, arrived, size, labels }) => ({
    id: Number(id),
    arrived: Number(arrived),
    size: Number(size),
    series: String(labels),
  }));
}

/** Asks for one profile. */
export function loadStep(id: number): SqlStep {
  return {
    sql: 'SELECT crc, labels, name, ingest, body FROM profile_v1 WHERE id = ?',
    rows: [[id]],
  };
}

/** The profile of a row of {@link loadStep}; undefined where it is not what was stored. */
export function profileOf(row: SqlRow | undefined): Profile | undefined {
  if (row === undefined || !(row.body instanceof Uint8Array) || crc32(row.body) !== row.crc) return undefined;
  try {
    const profile = {
      labels: labelsOf(String(row.labels)),
      bytes: row.body,
      id: String(row.name),
    };
    if (row.ingest === null) return profile;
    return { ...profile, ingest: JSON.parse(String(row.ingest)) as IngestRequest };
  } catch {
    return undefined;
  }
}

/**
 * What goes out over `/ingest` with the time at which it came, where its client gave none, so that it lands where it
 * belongs however late it is sent.
 */
export function withArrival(profile: Profile, arrived: number): Profile {
  if (profile.ingest === undefined) return profile;
  const { query } = profile.ingest;
  const given = new Set(query.map(([name]) => name));
  const seconds = String(Math.floor(arrived / 1000));
  const added = ['from', 'until'].filter((name) => !given.has(name)).map((name) => [name, seconds] as const);
  return { ...profile, ingest: { ...profile.ingest, query: [...query, ...added] } };
}
