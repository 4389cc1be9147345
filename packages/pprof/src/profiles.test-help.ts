import fc from 'fast-check';
import { Profile, StringTable } from 'pprof-format';
import { profileField, sampleField } from './schema.ts';
import { WireCursor, wireType } from './wire.ts';
import { WireWriter } from './wire-writer.ts';

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

/** How a process numbers what it reports, another in each profile, and writes it. */
export interface Layout {
  readonly firstId: bigint;
  readonly backwards: boolean;
  /** As the Go runtime writes samples: values before locations, and no more than two numbers unpacked. */
  readonly likeGo?: boolean;
}

export const anyLayout: fc.Arbitrary<Layout> = fc.record({
  firstId: fc.bigInt({ min: 1n, max: 2n ** 64n - 100n }),
  backwards: fc.boolean(),
  likeGo: fc.boolean(),
});

/** An encoded heap profile. Frames are locations of two lines; each has an address, a function of its own and a shared one. */
export function heapProfile(
  stacks: readonly TestStack[],
  { firstId, backwards, likeGo }: Layout,
  seconds: number,
): Uint8Array {
  const strings = new StringTable();
  const all = backwards ? stacks.toReversed() : stacks;
  const used = [...new Set(all.flatMap(({ frames }) => frames))];
  const name = (text: string) => strings.dedup(text);
  const plain = new Profile({
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
  return likeGo ? asGoWrites(plain) : plain;
}

/** The same profile with its samples encoded as the Go runtime does it. */
function asGoWrites(plain: Uint8Array): Uint8Array {
  const out = new WireWriter();
  const cursor = new WireCursor(plain);
  while (cursor.next()) {
    if (cursor.field !== profileField.sample) {
      out.copy(plain, cursor.from, cursor.end);
      continue;
    }
    const start = out.begin(profileField.sample);
    for (const field of [sampleField.value, sampleField.locationId, sampleField.label])
      for (const part of fieldsOf(plain, cursor, field)) goField(out, part);
    out.end(start);
  }
  return Uint8Array.from(out.written);
}

/** A cursor at each field of one number in a message. */
function* fieldsOf(plain: Uint8Array, message: WireCursor, field: number): Generator<WireCursor> {
  const cursor = new WireCursor().over(plain, message.start, message.end);
  while (cursor.next()) if (cursor.field === field) yield cursor;
}

function goField(out: WireWriter, part: WireCursor): void {
  const numbers = new WireCursor().enter(part);
  const asItIs = part.field === sampleField.label || numbers.countVarints() > 2;
  if (asItIs) out.copy(part.bytes, part.from, part.end);
  while (!asItIs && numbers.varint()) {
    out.varint((part.field << 3) | wireType.varint);
    out.varint(numbers.lo, numbers.hi);
  }
}
