import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { config } from './config-arbitrary.ts';
import { format } from './format.ts';
import { parse } from './parse.ts';
import type { Range } from './source.ts';
import { SourceFile } from './source.ts';
import { sourceFromBytes } from './source-from-bytes.ts';
import { children, type Node } from './walk.ts';

const root = join(import.meta.dirname, '../../..');
const corpus = join(process.env.PEWTER_REFERENCE ?? join(root, '../shared/reference'), 'corpus');
const seconds = Number(process.env.PEWTER_FUZZ_SECONDS ?? 2);
const seed = Number(process.env.PEWTER_FUZZ_SEED ?? 1);

/** Real configs: the corpus where there is one, else our own. */
function seeds(): Buffer[] {
  const folder = existsSync(corpus) ? corpus : join(root, 'fixtures');
  const files = globSync('**/*.alloy', { cwd: folder }).toSorted();
  return files.map((file) => readFileSync(join(folder, file))).filter((bytes) => bytes.length < 16_384);
}

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '"',
  '`',
  "'",
  ',',
  '=',
  '.',
  '\n',
  '//',
  '/*',
  '*/',
  '\\',
  '10s',
  '-',
  '\0',
  '\xff',
];

/** Removes, doubles, swaps and inserts bytes at chosen places. */
const mutations = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat({ max: 40 }),
    piece: fc.option(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 4 }))),
  }),
  { minLength: 1, maxLength: 6 },
);

function mutate(bytes: Buffer, changes: ReturnType<typeof mutations.generate>['value']): Buffer {
  return changes.reduce((text, { at, length, piece }) => {
    const start = Math.floor(at * text.length);
    const middle = piece === null ? [text.subarray(start, start + length)] : [Buffer.from(piece, 'latin1')];
    const copies = piece === null && length % 2 === 0 ? [...middle, ...middle] : piece === null ? [] : middle;
    const behind = piece === null ? start + length : start;
    return Buffer.concat([text.subarray(0, start), ...copies, text.subarray(behind)]);
  }, bytes);
}

function check(source: SourceFile): void {
  const started = performance.now();
  const { file, diagnostics } = parse(source);
  if (performance.now() - started > 100) assert.ok(quickest(source) < 100, 'takes more than 100 ms');
  assertNested(file, file.range);
  for (const { location } of diagnostics) assertWithin(location?.range ?? file.range, file.range);
  if (diagnostics.length === 0)
    assert.deepEqual(parse(new SourceFile('formatted', format(file))).diagnostics, []);
}

/** A busy machine may stop any run for a while, but not each of five. */
function quickest(source: SourceFile): number {
  const times = Array.from({ length: 3 }, () => {
    const started = performance.now();
    parse(source);
    return performance.now() - started;
  });
  return Math.min(...times);
}

function assertWithin(inner: Range, outer: Range): void {
  assert.ok(
    outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end,
    JSON.stringify({ inner, outer }),
  );
}

/** Every node lies within its parent, behind the sibling before it. */
function assertNested(root: Node, text: Range): void {
  assertWithin(root.range, text);
  for (const waiting: Node[] = [root]; ; ) {
    const parent = waiting.pop();
    if (parent === undefined) return;
    let { start } = parent.range;
    for (const child of children(parent)) {
      assertWithin(child.range, { start, end: parent.range.end });
      start = child.range.end;
      waiting.push(child);
    }
  }
}

describe('whatever the text', () => {
  const settings = {
    seed,
    interruptAfterTimeLimit: seconds * 500,
    numRuns: Number.MAX_SAFE_INTEGER,
    endOnFailure: true,
  };

  test('parsing a mutated real file never throws or hangs, and ranges are nested', () => {
    const files = seeds();
    fc.assert(
      fc.property(fc.nat(), mutations, (pick, changes) => {
        check(sourceFromBytes('fuzz.alloy', mutate(files[pick % files.length] ?? Buffer.alloc(0), changes)));
      }),
      settings,
    );
  });

  test('parsing a mutated generated config never throws or hangs, and ranges are nested', () => {
    fc.assert(
      fc.property(config, mutations, (text, changes) => {
        check(sourceFromBytes('fuzz.alloy', mutate(Buffer.from(text), changes)));
      }),
      settings,
    );
  });
});

describe('time', () => {
  /** Each is repeated; none may cost more than its length. */
  const REPEATED = [
    ...[
      'a = 1\n',
      'a {\n',
      'a = [',
      'a = {b = ',
      'f(',
      '"',
      '`',
      "'",
      '/*',
      '/**/',
      '//',
      '}',
      ']',
      '= ',
      'a.',
      '1 + ',
      '-',
    ],
    ...[
      'a = 10s\n',
      'a = [1\n',
      'a {\n b =\n',
      '\\',
      '@',
      ':',
      '\0',
      '\uFEFF',
      '\uDC80',
      'é',
      '/* */ /',
      '  ',
      '\n  }',
      'a "',
    ],
  ];

  for (const part of REPEATED) {
    test(`grows with the length of a text of ${JSON.stringify(part)} alone`, () => {
      const timed = (length: number) =>
        quickest(new SourceFile('long.alloy', part.repeat(length / part.length)));
      const short = timed(10_000);
      let long = timed(80_000);
      // A machine that has other work to do is looked at again; what is not linear stays so.
      for (let again = 0; again < 4 && long >= 5 + 8 * 5 * short; again++) long = timed(80_000);
      assert.ok(
        long < 5 + 8 * 5 * short,
        `8 times the text takes ${(long / short).toFixed(1)} times as long`,
      );
    });
  }
});
