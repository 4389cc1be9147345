import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { format } from './format.ts';
import { parse } from './parse.ts';
import { SourceFile } from './source.ts';

const formatted = (...lines: string[]) =>
  format(parse(new SourceFile('config.alloy', lines.join('\n'))).file).split('\n');

describe('format', () => {
  test('aligns the values of attributes that stand together', () => {
    assert.deepEqual(formatted('a=1', 'long   =2', '', 'b=3'), ['a    = 1', 'long = 2', '', 'b = 3', '']);
  });

  test('sets blocks apart and indents with tabs', () => {
    assert.deepEqual(formatted('a "b" {', 'c=1', 'd {}', '}', 'e {}'), [
      ...['a "b" {', '\tc = 1', '', '\td { }', '}', '', 'e { }', ''],
    ]);
  });

  test('keeps a list on the lines that it has, with a comma behind the last line', () => {
    assert.deepEqual(formatted('a=[1,2]'), ['a = [1, 2]', '']);
    assert.deepEqual(formatted('a=[1,', '2,', ']'), ['a = [1,', '\t2,', ']', '']);
    assert.deepEqual(formatted('a={b=1,', 'long=2,', '}'), ['a = {b = 1,', '\tlong = 2,', '}', '']);
  });

  test('keeps comments where they stand', () => {
    const text = ['// above', 'a {', '\t// in', '\tb = 1 // behind', '\t/* last */', '}', '', '// end', ''];
    assert.deepEqual(formatted(...text), text);
  });

  test('changes nothing in a string', () => {
    for (const value of ['"a\tb"', '`a  \n\tb\tc\n\t\t\td \n`', '`\n\n\f\v`', '"日本\t"']) {
      const file = formatted(`long_name = 1`, `a = ${value}`, 'b = 2').join('\n');
      assert.ok(file.includes(`= ${value}\n`), JSON.stringify(file));
    }
  });

  test('writes keys in double quotes, but leaves what would change by it', () => {
    assert.deepEqual(formatted('a = {`b c` = 1, "d" = 2, `e"` = 3, "\\n" = 4, "" = 5}'), [
      'a = {"b c" = 1, "d" = 2, `e"` = 3, "\\n" = 4, "" = 5}',
      '',
    ]);
  });

  test('keeps a dot apart from the integer before it', () => {
    assert.deepEqual(formatted('a = 1 .b', 'c = 1.5 .b'), ['a = 1 .b', 'c = 1.5.b', '']);
  });

  test('keeps code out of a line comment that stands within a chain of accesses', () => {
    assert.deepEqual(formatted('a = b. // c', 'd.e'), ['a = b. // c', 'd.e', '']);
  });

  test('keeps a block comment of two lines from ending the statement', () => {
    const text = formatted('a = f((1), /* b', '*/', ')').join('\n');
    assert.deepEqual(parse(new SourceFile('formatted', text)).diagnostics, []);
  });

  test('leaves a comment behind the last argument of a call in the call', () => {
    const text = ['a = f(', '\t1,', '\t2, // two', ')', ''];
    assert.deepEqual(formatted(...text), text);
  });

  test('leaves a comment before a comma with its element, and one behind a call on its line', () => {
    assert.deepEqual(formatted('a = [1/* one */, 2/* two */]'), ['a = [1 /* one */ , 2 /* two */ ]', '']);
    assert.deepEqual(formatted('a = f(', '1,', ') // end', 'b = 2'), [
      'a = f(',
      '\t1,',
      ') // end',
      'b = 2',
      '',
    ]);
  });

  test('joins a call without arguments', () => {
    assert.deepEqual(formatted('a = f(', ')'), ['a = f()', '']);
  });

  test('takes long chains of operators, whichever way they group', () => {
    for (const operator of ['+', '^']) {
      const line = `a = ${`1 ${operator} `.repeat(10_000)}1`;
      assert.deepEqual(formatted(line), [line, '']);
    }
  });

  test('begins with no blank line and ends with one newline', () => {
    assert.deepEqual(formatted('', '', 'a = 1', '', ''), ['a = 1', '']);
    assert.deepEqual(formatted(''), ['', '']);
  });
});
