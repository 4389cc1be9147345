import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from './parse.ts';
import { SourceFile } from './source.ts';
import { blockName, walk } from './walk.ts';

const tree = (text: string) => parse(new SourceFile('config.alloy', text)).file;

describe('walk', () => {
  test('visits parents before children, in the order of the source', () => {
    const seen: string[] = [];
    walk(tree('a { b = [c, {d = -e.f}] }\ng = h(i)[j] + (k)'), (node) => seen.push(node.kind));
    assert.deepEqual(seen, [
      ...['file', 'block', 'attribute', 'array', 'identifier', 'object', 'unary', 'access', 'identifier'],
      ...[
        'attribute',
        'binary',
        'index',
        'call',
        'identifier',
        'identifier',
        'identifier',
        'paren',
        'identifier',
      ],
    ]);
  });

  test('leaves out what is below a node for which the visitor says false', () => {
    const seen: string[] = [];
    walk(tree('a { b = 1 }\nc = 2'), (node) => seen.push(node.kind) > 0 && node.kind !== 'block');
    assert.deepEqual(seen, ['file', 'block', 'attribute', 'literal']);
  });

  test('gives the parent', () => {
    walk(tree('a = 1'), (node, parent) => {
      assert.equal(
        parent?.kind,
        { file: undefined, attribute: 'file', literal: 'attribute' }[String(node.kind)],
      );
    });
  });

  test('does not overflow on a long chain of operators', () => {
    let count = 0;
    walk(tree(`a = ${'1 + '.repeat(50_000)}1`), () => count++);
    assert.equal(count, 100_003);
  });
});

describe('blockName', () => {
  test('joins the parts of a name with dots', () => {
    const block = tree('a . b "c" { }').body[0];
    assert.equal(block?.kind === 'block' && blockName(block), 'a.b');
  });
});
