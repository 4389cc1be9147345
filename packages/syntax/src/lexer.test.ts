import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lex } from './lexer.ts';

const kinds = (text: string) => lex(text).tokens.map(({ tokenType }) => tokenType.name);
const images = (text: string) => lex(text).tokens.map(({ image }) => image);
const comments = (text: string) => lex(text).comments.map(({ text }) => text);

describe('lex', () => {
  test('ends a statement at a newline behind a name, a literal or a closing bracket only', () => {
    assert.deepEqual(kinds('a\n=\n1\n'), ['Identifier', 'Terminator', 'Assign', 'Number', 'Terminator']);
    assert.deepEqual(kinds(']\n)\n}'), [
      'RBrack',
      'Terminator',
      'RParen',
      'Terminator',
      'RCurly',
      'Terminator',
    ]);
  });

  test('ends a statement behind a placeholder, and not behind an operator', () => {
    assert.deepEqual(images('a = <B C>\nd'), ['a', '=', '<', 'B', 'C', '>', '\n', 'd', '\n']);
    assert.deepEqual(images('a = b >\nc'), ['a', '=', 'b', '>', 'c', '\n']);
    assert.deepEqual(images('a = b < c >\nd'), ['a', '=', 'b', '<', 'c', '>', 'd', '\n']);
  });

  test('ends the statement before a comment that runs to the end of the line', () => {
    assert.deepEqual(kinds('a // b'), ['Identifier', 'Terminator']);
    assert.deepEqual(kinds('a /* b\n*/ c'), ['Identifier', 'Terminator', 'Identifier', 'Terminator']);
    assert.deepEqual(kinds('a /* b */ c'), ['Identifier', 'Identifier', 'Terminator']);
  });

  test('reads operators of two characters as one', () => {
    assert.deepEqual(images('==!=<=>=||&&=!<>'), ['==', '!=', '<=', '>=', '||', '&&', '=', '!', '<', '>']);
  });

  test('reads numbers with fraction and exponent, and what follows them apart', () => {
    assert.deepEqual(images('1.5e-3 .5 1. 010 1.a'), ['1.5e-3', '.5', '1.', '010', '1.', 'a', '\n']);
  });

  test('reads names of letters of any script, and keywords as such', () => {
    assert.deepEqual(kinds('naïve_日本1 true null nullable'), [
      'Identifier',
      'Bool',
      'Null',
      'Identifier',
      'Terminator',
    ]);
  });

  test('keeps newlines, quotes and backslashes in raw strings', () => {
    assert.deepEqual(images('`a\n"\\`'), ['`a\n"\\`', '\n']);
  });

  test('passes over a byte order mark at the beginning and carriage returns between tokens', () => {
    assert.deepEqual(images('\uFEFFa\r\n'), ['a', '\n']);
    assert.deepEqual(lex('\uFEFFa\r\n').mistakes, []);
  });

  test('keeps comments with their delimiters, without the carriage returns of line ends', () => {
    assert.deepEqual(comments('// a\r\n/* b\r\n */'), ['// a', '/* b\n */']);
  });

  test('does not let a comment end earlier by taking a carriage return out of it', () => {
    assert.deepEqual(comments('/* a *\r/ b */'), ['/* a *\r/ b */']);
  });

  test('goes on behind a character without meaning', () => {
    assert.deepEqual(images('a $ b'), ['a', 'b', '\n']);
    assert.deepEqual(
      lex('a $ b').mistakes.map(({ code, range }) => [code, range.start]),
      [['E0101', 2]],
    );
  });
});
