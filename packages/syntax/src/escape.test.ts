import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readEscape, unquote } from './escape.ts';

describe('unquote', () => {
  test('undoes the escapes of one letter', () => {
    assert.equal(unquote('"\\a\\b\\f\\n\\r\\t\\v\\\\\\""'), '\x07\b\f\n\r\t\v\\"');
  });

  test('undoes escapes of code points', () => {
    assert.equal(unquote('"\\u00e9\\U0001F389"'), 'é🎉');
  });

  test('takes octal and hexadecimal escapes as bytes of UTF-8', () => {
    assert.equal(unquote('"\\xc3\\xa9\\303\\251"'), 'éé');
  });

  test('replaces bytes that are no UTF-8', () => {
    assert.equal(unquote('"a\\xff"'), 'a\uFFFD');
  });

  test('leaves raw strings as they are', () => {
    assert.equal(unquote('`\\n"`'), '\\n"');
  });
});

describe('readEscape', () => {
  test('refuses what stands for no character', () => {
    for (const text of ["'", 'd', 'x1', '8', '400', 'ud800', 'U00110000', ''])
      assert.equal(readEscape(text, 0), undefined, text);
  });
});
