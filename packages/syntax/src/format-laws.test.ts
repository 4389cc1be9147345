import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { config } from './config-arbitrary.ts';
import { format } from './format.ts';
import { lineBreaks, placesOfComments, shapeOf } from './format-laws.test-help.ts';
import { parse } from './parse.ts';
import { SourceFile } from './source.ts';

const read = (text: string) => {
  const { file, diagnostics } = parse(new SourceFile('config.alloy', text));
  assert.deepEqual(diagnostics, []);
  return file;
};

const settings = { numRuns: 400 };

describe('format, on configs of any form', () => {
  test('keeps the tree', () => {
    fc.assert(
      fc.property(config, (text) => {
        const file = read(text);
        assert.equal(shapeOf(read(format(file))), shapeOf(file));
      }),
      settings,
    );
  });

  test('keeps every comment between the same tokens, and on the line of the one before it', () => {
    fc.assert(
      fc.property(config, (text) => {
        const file = read(text);
        assert.deepEqual(placesOfComments(read(format(file))), placesOfComments(file));
      }),
      settings,
    );
  });

  test('is at rest at once where every token keeps its line and no comment takes several', () => {
    fc.assert(
      fc.property(config, (text) => {
        const before = read(text);
        const after = read(format(before));
        fc.pre(isDeepStrictEqual(lineBreaks(before), lineBreaks(after)));
        fc.pre(!before.comments.some((comment) => comment.text.includes('\n')));
        assert.equal(format(after), after.source.text);
      }),
      settings,
    );
  });

  test('is at rest after the second time in any case', () => {
    fc.assert(
      fc.property(config, (text) => {
        const twice = format(read(format(read(text))));
        assert.equal(format(read(twice)), twice);
      }),
      settings,
    );
  });
});
