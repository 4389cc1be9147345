import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { config } from './config-arbitrary.ts';
import { unquote } from './escape.ts';
import { format } from './format.ts';
import { parse } from './parse.ts';
import { SourceFile } from './source.ts';
import type { File } from './tree.ts';

const read = (text: string) => {
  const { file, diagnostics } = parse(new SourceFile('config.alloy', text));
  assert.deepEqual(diagnostics, []);
  return file;
};

/** A tree without its places, and without what the formatter may change: commas and the quotes of keys. */
function shape(file: File): string {
  return JSON.stringify(file.body, (key, value) => {
    if (/range$/i.test(key) || key === 'braces') return undefined;
    if (key === 'label' && value?.value === '') return undefined;
    return key === 'text' && /^["`]/.test(value) ? unquote(value) : value;
  });
}

/** The texts of the comments, each with the way to the innermost block that it stands in. */
function comments(file: File): string[] {
  return file.comments.map(({ text, range: { start } }) => {
    const way: number[] = [];
    for (let body = file.body; ; ) {
      const index = body.findIndex(({ range }) => range.start <= start && start < range.end);
      const statement = body[index];
      if (statement?.kind !== 'block') return `${way.join('.')} ${text}`;
      way.push(index);
      body = statement.body;
    }
  });
}

describe('format, on configs of any form', () => {
  test('keeps the tree', () => {
    fc.assert(
      fc.property(config, (text) => {
        const file = read(text);
        assert.equal(shape(read(format(file))), shape(file));
      }),
    );
  });

  test('keeps every comment, in its block', () => {
    fc.assert(
      fc.property(config, (text) => {
        const file = read(text);
        assert.deepEqual(comments(read(format(file))), comments(file));
      }),
    );
  });

  test('comes to rest: like the reference it needs more than one pass where lines are joined or comments move', () => {
    fc.assert(
      fc.property(config, (text) => {
        let last = text;
        for (let pass = 0; pass < 3; pass++) last = format(read(last));
        assert.equal(format(read(last)), last);
      }),
    );
  });
});
