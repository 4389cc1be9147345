import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parse } from './parse.ts';
import { AlloyParser } from './parser.ts';
import { SourceFile } from './source.ts';

const codes = (text: string) =>
  parse(new SourceFile('config.alloy', text)).diagnostics.map(({ code }) => code);

describe('parse', () => {
  test('has a grammar without ambiguities', () => {
    assert.doesNotThrow(() => new AlloyParser({ skipValidations: false }));
  });

  test('reports each of five mistakes in five blocks and keeps the blocks', () => {
    const mistakes = ['x = 10s', "x = 'y'", 'x = [1\n]', 'x =+', 'x y'];
    const text = mistakes.map((mistake) => `b {\n  ${mistake}\n}\n`).join('');
    assert.deepEqual(codes(text), ['E0126', 'E0105', 'E0121', 'E0120', 'E0111']);
    assert.equal(parse(new SourceFile('config.alloy', text)).file.body.length, 5);
  });

  test('refuses deep nesting instead of overflowing the stack', () => {
    for (const part of ['[', '-', '1+', '{a=', 'f('])
      assert.deepEqual(codes(`a = ${part.repeat(50_000)}1`)[0], 'E0130');
  });

  test('never throws', () => {
    const token = fc.constantFrom(
      'a',
      '=',
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      ',',
      '.',
      '"s"',
      '1',
      '\n',
      '-',
      "'",
      '/*',
      '`',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 40 }), (tokens) => {
        parse(new SourceFile('config.alloy', tokens.join('')));
      }),
      { numRuns: 500 },
    );
  });
});
