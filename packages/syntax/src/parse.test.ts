import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parse, parseExpression } from './parse.ts';
import { AlloyParser } from './parser.ts';
import { SourceFile } from './source.ts';
import type { Statement } from './tree.ts';
import { blockName } from './walk.ts';

const codes = (text: string) =>
  parse(new SourceFile('config.alloy', text)).diagnostics.map(({ code }) => code);

function nameOf(statement: Statement): string {
  if (statement.kind === 'attribute') return statement.name.name;
  return [blockName(statement), ...statement.body.map(nameOf)].join(' ');
}

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

  test('names the string that a quote is missing of, and nothing on the line below', () => {
    const of = (text: string) =>
      parse(new SourceFile('config.alloy', text)).diagnostics.map(
        ({ code, location, hint }) => `${code}@${location?.range.start} ${hint}`,
      );
    for (const [text, start, meant] of [
      ['a = [{"k" = "h:80, "s" = "api"}]\nb = 1', 12, 'h:80'],
      ['a = ["x, "y"]\nb = 1', 5, 'x'],
      ['c {\n  a = ["x, "y"]\n  b {\n    d = 1\n  }\n}', 11, 'x'],
    ] as const)
      assert.deepEqual(of(text), [`E0102@${start} close it where its text ends, as in "${meant}"`]);
    assert.deepEqual(codes('a = ["x" "y"]'), ['E0121']);
  });

  test('says of a value that goes on in the block below it where it has to end', () => {
    const hint = (text: string) => parse(new SourceFile('config.alloy', text)).diagnostics[0]?.hint;
    assert.match(hint('a = b {\n}') ?? '', /^remove "a ="/);
    assert.match(hint('a =\nb {\n}') ?? '', /^write a value behind "a ="/);
    assert.match(hint('a = c +\n\nb {\n}') ?? '', /^the value above ends with an operator/);
  });

  test('keeps a block that a value without an end has swallowed the name of', () => {
    const bodyOf = (text: string) => parse(new SourceFile('config.alloy', text)).file.body;
    for (const value of ['c +', 'c.d.', '[c.d.', '{e = [f(c.'])
      assert.deepEqual(
        bodyOf(`a = ${value}\n\nb.d "e" {\n  f =\n  g { }\n}\nh = 1`).map(nameOf),
        ['a', 'b.d f g', 'h'],
        value,
      );
  });

  test('says that an address without quotes needs them', () => {
    for (const text of ['a = 127.0.0.1:80', 'a = [10.0.0.1:80]', 'a = [{"k" = 10.0.0.1:80, "b" = 1}]']) {
      const [first] = parse(new SourceFile('config.alloy', text)).diagnostics;
      assert.equal(first?.code, 'E0126');
      assert.match(first?.hint ?? '', /^write "1\d+\.0\.0\.1:80" in double quotes/);
    }
  });

  test('refuses deep nesting instead of overflowing the stack', () => {
    for (const part of ['[', '-', '{a=', 'f(', 'a['])
      assert.deepEqual(codes(`a = ${part.repeat(50_000)}1`)[0], 'E0130');
  });

  test('takes chains of operators of any length', () => {
    for (const operator of ['+', '^', '&&'])
      assert.deepEqual(codes(`a = ${`1 ${operator} `.repeat(10_000)}1`), []);
  });

  test('ends a lone expression with its line', () => {
    for (const text of ['a\n.b', '1\n+ 2', '[1]\n[0]', 'f\n("a")', '1\n"open']) {
      const { expression, diagnostics } = parseExpression(new SourceFile('expression', text));
      assert.deepEqual(diagnostics, []);
      assert.equal(expression.range.end, text.indexOf('\n'));
    }
  });

  test('refuses a second expression on the line', () => {
    const { diagnostics } = parseExpression(new SourceFile('expression', '1 2'));
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['E0116'],
    );
  });

  test('keeps the key of two quotes, which the reference does not take as empty', () => {
    const { expression } = parseExpression(new SourceFile('expression', '{"" = 1, "a" = 2}'));
    const names = expression.kind === 'object' ? expression.fields.map(({ name }) => name) : [];
    assert.deepEqual(names, ['""', 'a']);
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
