import fc from 'fast-check';
import { Profile, StringTable } from 'pprof-format';

/** A stack with its counters and what is in use, as a process under test would report it. */
export interface TestStack {
  readonly frames: readonly number[];
  readonly label: number;
  readonly objects: bigint;
  readonly space: bigint;
  readonly inUse: bigint;
}

const counter = fc.bigInt({ min: 0n, max: 2n ** 55n });

/** Stacks of a process; two of them may be the same stack. */
export const anyStacks: fc.Arbitrary<TestStack[]> = fc.array(
  fc.record({
    frames: fc.array(fc.integer({ min: 0, max: 11 }), { maxLength: 5 }),
    label: fc.integer({ min: 0, max: 2 }),
    objects: counter,
    space: counter,
    inUse: fc.bigInt({ min: -5n, max: 2n ** 58n }),
  }),
  { maxLength: 12 },
);

/** How a process numbers what it reports; another in each profile. */
export interface Layout {
  readonly firstId: bigint;
  readonly backwards: boolean;
}

export const anyLayout: fc.Arbitrary<Layout> = fc.record({
  firstId: fc.bigInt({ min: 1n, max: 2n ** 64n - 100n }),
  backwards: fc.boolean(),
});

/** An encoded heap profile. Frames are locations of two lines; each has an address, a function of its own and a shared one. */
export function heapProfile(
  stacks: readonly TestStack[],
  { firstId, backwards }: Layout,
  seconds: number,
): Uint8Array {
  const strings = new StringTable();
  const all = backwards ? stacks.toReversed() : stacks;
  const used = [...new Set(all.flatMap(({ frames }) => frames))];
  const name = (text: string) => strings.dedup(text);
  return new Profile({
    stringTable: strings,
    sampleType: [
      ['alloc_objects', 'count'],
      ['alloc_space', 'bytes'],
      ['inuse_space', 'bytes'],
    ].map(([type = '', unit = '']) => ({ type: name(type), unit: name(unit) })),
    sample: all.map(({ frames, label, objects, space, inUse }) => ({
      locationId: frames.map((frame) => firstId + BigInt(used.indexOf(frame))),
      value: [objects, space, inUse],
      label: label === 0 ? [] : [{ key: name('bytes'), num: label, numUnit: name('bytes') }],
    })),
    mapping: [1, 2].map((id) => ({ id, filename: name(`/bin/app${id}`), hasFunctions: true })),
    location: used.map((frame, index) => ({
      id: firstId + BigInt(index),
      mappingId: 1 + (frame % 2),
      address: 0x400000 + frame,
      line: [
        { functionId: 100 + frame, line: frame },
        { functionId: 99, line: 7 },
      ],
    })),
    function: [99, ...used.map((frame) => 100 + frame)].map((id) => ({
      id,
      name: name(`main.f${id}`),
      filename: name(`/src/${id % 3}.go`),
    })),
    timeNanos: BigInt(seconds) * 1_000_000_000n,
    periodType: { type: name('space'), unit: name('bytes') },
    period: 524_288,
    comment: [name('a comment')],
  }).encode();
}
