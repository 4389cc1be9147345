import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createDeltaComputer } from './delta.ts';
import { profilesFolder, readFixture } from './fixtures.test-help.ts';
import { maxProfileBytes } from './profile-error.ts';
import { heapProfile, type Layout } from './profiles.test-help.ts';
import { readProfile } from './read-profile.ts';
import { wireType } from './wire.ts';
import { WireWriter } from './wire-writer.ts';

const plain = gunzipSync(readFixture(profilesFolder, 'go-block-1'));
const layout: Layout = { firstId: 1n, backwards: false };
const base = heapProfile([{ frames: [1, 2], label: 1, objects: 5n, space: 50n, inUse: 3n }], layout, 1);

/** A number field or, with bytes, one of those. */
type Field = readonly [field: number, value: number | readonly number[] | string | readonly Field[]];

/** Encodes fields as they stand, valid or not; an array of numbers is packed. */
function encode(fields: readonly Field[], writer = new WireWriter()): WireWriter {
  for (const [field, value] of fields) {
    if (typeof value === 'number') {
      writer.varint((field << 3) | wireType.varint);
      writer.varint(value);
      continue;
    }
    const start = writer.begin(field);
    if (typeof value === 'string') writer.copy(Buffer.from(value), 0, value.length);
    else for (const item of value) isField(item) ? encode([item], writer) : writer.varint(item);
    writer.end(start);
  }
  return writer;
}

function isField(item: Field | number): item is Field {
  return typeof item !== 'number';
}

const strings: readonly Field[] = ['', 'contentions', 'count', 'delay', 'nanoseconds', 'f'].map((text) => [
  6,
  text,
]);
const types: readonly Field[] = [
  [
    1,
    [
      [1, 1],
      [2, 2],
    ],
  ],
  [
    1,
    [
      [1, 3],
      [2, 4],
    ],
  ],
];
const symbols: readonly Field[] = [
  [
    4,
    [
      [1, 1],
      [3, 0x1000],
      [4, [[1, 1]]],
    ],
  ],
  [
    5,
    [
      [1, 1],
      [2, 5],
    ],
  ],
];

/** The difference of a profile to itself with other values. */
async function deltaOf(make: (value: number) => readonly Field[]) {
  const computer = createDeltaComputer('block');
  await computer.next(Buffer.from(encode(make(1)).written));
  const result = await computer.next(Buffer.from(encode(make(4)).written));
  assert.ok(result.kind === 'delta', JSON.stringify(result));
  const read = await readProfile(result.bytes);
  assert.ok('profile' in read);
  return read.profile;
}

describe('profiles of odd but valid encoding', () => {
  test('have their differences: numbers not packed, unknown fields, tables in any order', async () => {
    const delta = await deltaOf((value) => [
      ...strings,
      [99, 'unknown'],
      ...symbols,
      [
        2,
        [
          [1, 1],
          [50, 7],
          [2, value],
          [2, 2 * value],
        ],
      ],
      ...types,
    ]);
    assert.deepEqual(
      delta.sample.map((sample) => sample.value.map(Number)),
      [[3, 6]],
    );
    assert.equal(delta.function.length, 1);
  });

  test('lose what leads nowhere and all but the last of one id', async () => {
    const delta = await deltaOf((value) => [
      ...types,
      [
        4,
        [
          [1, 1],
          [3, 0x2000],
          [4, [[1, 9]]],
        ],
      ],
      ...symbols,
      [
        2,
        [
          [1, [1, 77]],
          [2, [value, value]],
        ],
      ],
      ...strings,
    ]);
    assert.deepEqual(delta.sample[0]?.locationId, [1]);
    assert.deepEqual(
      delta.location.map(({ address }) => address),
      [0x1000],
    );
  });
});

describe('hostile profiles', () => {
  const samples: Record<string, readonly Field[]> = {
    'without a string table': [
      ...types,
      ...symbols,
      [
        2,
        [
          [1, [1]],
          [2, [1, 1]],
        ],
      ],
    ],
    'with a label that is not in the string table': [
      ...types,
      [
        2,
        [
          [2, [1, 1]],
          [3, [[1, 70]]],
        ],
      ],
      ...strings,
    ],
    'with too few values': [...types, [2, [[2, [1]]]], ...strings],
    'with a string where a number belongs': [...types, [2, [[2, [1, 1]]]], [4, [[1, 'x']]], ...strings],
  };
  for (const [name, fields] of Object.entries(samples)) {
    test(`${name} are refused and change nothing`, async () => {
      const computer = createDeltaComputer('block');
      await computer.next(base);
      assert.equal((await computer.next(Buffer.from(encode(fields).written))).kind, 'refused');
      const after = await computer.next(base);
      assert.equal(after.kind, 'delta');
    });
  }

  test('cut off at any byte are refused', async () => {
    const computer = createDeltaComputer('block');
    for (let end = 0; end < plain.length; end++)
      assert.equal((await computer.next(plain.subarray(0, end))).kind, 'refused', `cut at ${end}`);
  });

  test('with any bytes changed end in a result, and what comes out is a profile', async () => {
    const change = fc.tuple(fc.nat(plain.length - 1), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const damaged = Uint8Array.from(plain);
        for (const [at, byte] of changes) damaged[at] = byte;
        const computer = createDeltaComputer('block');
        await computer.next(plain);
        const result = await computer.next(damaged);
        if (result.kind === 'delta') assert.ok('profile' in (await readProfile(result.bytes)));
      }),
      { numRuns: 500 },
    );
  });

  test('of any bytes at all end in a result', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        assert.equal((await createDeltaComputer('block').next(bytes)).kind, 'refused');
      }),
    );
  });

  test('of a million samples of one stack are added up', async () => {
    const sample = encode([
      [
        2,
        [
          [1, [1]],
          [2, [1, 2]],
        ],
      ],
    ]).written;
    const many = Buffer.concat([
      encode([...types, ...symbols, ...strings]).written,
      Buffer.alloc(sample.length * 1_000_000, sample),
    ]);
    const computer = createDeltaComputer('block');
    await computer.next(Buffer.from(encode([...types, ...strings]).written));
    const result = await computer.next(many);
    assert.ok(result.kind === 'delta');
    const read = await readProfile(result.bytes);
    assert.deepEqual('profile' in read && read.profile.sample.map(({ value }) => value), [
      [1_000_000, 2_000_000],
    ]);
  });

  test('that unpack to more than allowed are given up, whatever size their gzip promises', async () => {
    const bomb = gzipSync(Buffer.alloc(maxProfileBytes + 2 ** 20), { level: 1 });
    const lying = Buffer.concat([bomb.subarray(0, -4), Buffer.alloc(4)]);
    for (const bytes of [bomb, lying]) {
      const result = await createDeltaComputer('block').next(bytes);
      assert.equal(result.kind === 'refused' && result.error.kind, 'too-large');
    }
  });
});
