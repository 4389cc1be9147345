import { bitsOf } from './schema.ts';

/** A message of numbers only: its last field, all of them as bits, and which are indexes into the string table. */
export interface Row {
  readonly last: number;
  readonly bits: number;
  readonly strings: readonly boolean[];
}

function row(last: number, ...strings: readonly number[]): Row {
  const bits = bitsOf(...Array.from({ length: last }, (_, field) => field + 1));
  return { last, bits, strings: Array.from({ length: 16 }, (_, field) => strings.includes(field)) };
}

/** From google/pprof `proto/profile.proto`; `header` are the numbers of `Profile` itself. */
export const rows = {
  valueType: row(2, 1, 2),
  label: row(4, 1, 2, 4),
  mapping: row(10, 5, 6),
  function: row(5, 2, 3, 4),
  header: row(15, 7, 8, 14, 15),
} as const;
