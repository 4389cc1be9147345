import type { ProfileIndex } from './profile-index.ts';
import { WireCursor } from './wire.ts';

/** Kinds of profiles that count since their process began. */
export type CumulativeKind = 'memory' | 'mutex' | 'block';

const contentions: ReadonlySet<string> = new Set(['contentions/count', 'delay/nanoseconds']);

/** Counters that only grow while a process lives; the columns that become differences (as godeltaprof has them). */
const cumulativeTypes: Readonly<Record<CumulativeKind, ReadonlySet<string>>> = {
  memory: new Set(['alloc_objects/count', 'alloc_space/bytes']),
  mutex: contentions,
  block: contentions,
};

/** The columns of a profile's values. */
export interface SampleTypes {
  /** All types as one text, for comparing. */
  readonly text: string;
  readonly columns: number;
  /** The columns that are growing counters. */
  readonly cumulative: readonly number[];
}

/** Reads the sample types; gives `known` where they are the same, as they are in every profile of one process. */
export function readSampleTypes(
  index: ProfileIndex,
  kind: CumulativeKind,
  known: SampleTypes | undefined,
): SampleTypes {
  const columns = index.sampleTypes.count;
  const names = Array.from({ length: columns }, (_, column) => typeName(index, column));
  const text = names.join(' ');
  if (known?.text === text) return known;
  const cumulative = names.flatMap((name, column) => (cumulativeTypes[kind].has(name) ? [column] : []));
  return { text, columns, cumulative };
}

const nameFields = { type: 1, unit: 2 } as const;

function typeName(index: ProfileIndex, column: number): string {
  const { bytes, sampleTypes } = index;
  const cursor = new WireCursor().over(bytes, sampleTypes.start(column), sampleTypes.end(column));
  let [type, unit] = [0, 0];
  while (cursor.next()) {
    if (cursor.field === nameFields.type) type = cursor.index;
    else if (cursor.field === nameFields.unit) unit = cursor.index;
  }
  return `${stringAt(index, type)}/${stringAt(index, unit)}`;
}

function stringAt({ bytes, strings }: ProfileIndex, place: number): string {
  const [start, end] = [strings.start(place), strings.end(place)];
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
}
