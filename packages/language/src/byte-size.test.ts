import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { byteSize, byteSizeText } from './byte-size.ts';
import { EvaluationError } from './error.ts';

describe('a size in bytes', () => {
  test('counts by 1024, whichever way the unit is written, and adds up parts', () => {
    assert.deepEqual(
      ['0', '5B', '1KiB', '1KB', '1.5MiB', '1MiB512KiB'].map(byteSize),
      [0, 5, 1024, 1024, 1572864, 1572864],
    );
  });

  test('needs a unit', () => {
    for (const text of ['', '5', 'x', '5XB', '5 MiB']) assert.throws(() => byteSize(text), EvaluationError);
  });
});

test('a number of bytes is written in the largest unit that fits', () => {
  for (const text of ['0B', '5B', '1KiB', '256MiB', '3GiB', '1025B'])
    assert.equal(byteSizeText(byteSize(text)), text);
});
