import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assert as fcAssert, maxSafeInteger, property } from 'fast-check';
import { goDuration } from './duration.ts';
import { EvaluationError } from './error.ts';

describe('durations', () => {
  test('are read as Go reads them', () => {
    for (const [text, milliseconds] of [
      ['0', 0],
      ['+5s', 5000],
      ['-1.5h', -5_400_000],
      ['1h2m3s4ms', 3_723_004],
      ['.5s', 500],
      ['1.s', 1000],
      ['1us', 0.001],
      ['1µs', 0.001],
      ['100ns', 0.0001],
    ] as const) {
      assert.equal(goDuration.parse(text), milliseconds, text);
    }
  });

  test('are refused with what to write instead', () => {
    const hint = (text: string) => {
      try {
        return `read as ${goDuration.parse(text)}`;
      } catch (error) {
        assert.ok(error instanceof EvaluationError && error.code === 'E0314');
        return error.hint ?? '';
      }
    };
    assert.match(hint('10'), /write "10s" for seconds/);
    assert.match(hint('2d'), /write "48h"; days are no unit/);
    assert.match(hint('1 s'), /without spaces/);
    for (const text of ['', 's', '.s', '--1s', '1m30', 'abc', '9223372036854775808ns']) hint(text);
    assert.doesNotMatch(hint('9999999h'), /read as/);
  });

  test('print as Go prints them', () => {
    for (const [milliseconds, text] of [
      [0, '0s'],
      [0.0001, '100ns'],
      [0.0015, '1.5µs'],
      [1.5, '1.5ms'],
      [90_000, '1m30s'],
      [3_600_000, '1h0m0s'],
      [-500, '-500ms'],
    ] as const) {
      assert.equal(goDuration.print(milliseconds), text);
    }
  });

  test('that are printed are read back as they were', () => {
    const law = property(maxSafeInteger(), (whole) => {
      const milliseconds = Math.trunc(whole / 1e3) + 0;
      assert.equal(goDuration.parse(goDuration.print(milliseconds)), milliseconds);
    });
    fcAssert(law, { seed: 1 });
  });
});
