import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphText } from './graph-text.ts';

test('a chain is shown from its source to its end, whatever the order it comes in', () => {
  const text = graphText([
    { id: 'write', to: [] },
    { id: 'scrape', to: ['write'] },
    { id: 'http', to: ['scrape'] },
  ]);
  assert.equal(text, '  http   → scrape\n  scrape → write\n');
});

test('a fan-out names its source once, and what stands alone stands alone', () => {
  const text = graphText([
    { id: 'a', to: ['b', 'c'] },
    { id: 'b', to: [] },
    { id: 'c', to: [] },
    { id: 'alone', to: [] },
  ]);
  assert.equal(text, '  a → b\n    → c\n  alone\n');
});

test('a cycle ends', () => {
  assert.match(
    graphText([
      { id: 'a', to: ['b'] },
      { id: 'b', to: ['a'] },
    ]),
    /a → b/,
  );
});
