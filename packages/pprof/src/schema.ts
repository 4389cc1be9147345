/**
 * The messages of a pprof profile by field numbers, from google/pprof `proto/profile.proto`; every number is a varint
 * there, and every number that names something is an index into the string table.
 */

/** Fields of `Profile`. */
export const profileField = {
  sampleType: 1,
  sample: 2,
  mapping: 3,
  location: 4,
  function: 5,
  string: 6,
  dropFrames: 7,
  keepFrames: 8,
  timeNanos: 9,
  durationNanos: 10,
  periodType: 11,
  period: 12,
  comment: 13,
  defaultSampleType: 14,
  docUrl: 15,
} as const;

/** Fields of `Sample`. */
export const sampleField = { locationId: 1, value: 2, label: 3 } as const;
/** Fields of `Label`. */
export const labelField = { key: 1, str: 2, num: 3, numUnit: 4 } as const;
/** Fields of `Mapping`. */
export const mappingField = {
  id: 1,
  memoryStart: 2,
  memoryLimit: 3,
  fileOffset: 4,
  filename: 5,
  buildId: 6,
  hasFunctions: 7,
  hasFilenames: 8,
  hasLineNumbers: 9,
  hasInlineFrames: 10,
} as const;
/** Fields of `Location`. */
export const locationField = { id: 1, mappingId: 2, address: 3, line: 4, isFolded: 5 } as const;
/** Fields of `Line`. */
export const lineField = { functionId: 1, line: 2, column: 3 } as const;
/** Fields of `Function`. */
export const functionField = { id: 1, name: 2, systemName: 3, filename: 4, startLine: 5 } as const;

/** What a message is made of, each a list of field numbers. */
export interface MessageShape {
  readonly numbers?: readonly number[];
  /** Numbers that are indexes into the string table. */
  readonly strings?: readonly number[];
  /** Repeated numbers, packed or not. */
  readonly repeated?: readonly number[];
  /** Fields that hold a message each. */
  readonly messages?: Readonly<Record<number, MessageShape>>;
}

const valueType: MessageShape = { strings: [1, 2] };
const label: MessageShape = { numbers: [3], strings: [1, 2, 4] };
const line: MessageShape = { numbers: [1, 2, 3] };

/** The shape of `Profile`; the string table itself is not in it. */
export const profileShape: MessageShape = {
  numbers: [9, 10, 12],
  strings: [7, 8, 14, 15],
  repeated: [13],
  messages: {
    1: valueType,
    2: { repeated: [1, 2], messages: { 3: label } },
    3: { numbers: [1, 2, 3, 4, 7, 8, 9, 10], strings: [5, 6] },
    4: { numbers: [1, 2, 3, 5], messages: { 4: line } },
    5: { numbers: [1, 5], strings: [2, 3, 4] },
    11: valueType,
  },
};

/** The tag of a field: its number and its wire type, one byte for all fields of a profile. */
export function tagOf(field: number, type: number): number {
  return (field << 3) | type;
}

/** Fields of a message as bits, by their numbers. */
export function bitsOf(...fields: readonly number[]): number {
  return fields.reduce((bits, field) => bits | (1 << field), 0);
}
