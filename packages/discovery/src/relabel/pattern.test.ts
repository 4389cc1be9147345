import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { compilePattern } from './pattern.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', '-', ':', '1', '\n', 'é'), maxLength: 4 });
const plain = fc.string({ unit: fc.constantFrom('a', 'b', '-', ':', '1'), maxLength: 3 });
const suffix = fc.constantFrom('.*', '.+', '(.*)', '(.+)');
const expression = fc.oneof(
  fc.array(plain, { minLength: 1, maxLength: 4 }).map((words) => words.join('|')),
  fc.tuple(plain, suffix).map((parts) => parts.join('')),
);

test('the short ways for simple expressions match exactly as RE2 does', () => {
  fc.assert(
    fc.property(expression, fc.oneof(word, plain), (source, text) => {
      const matcher = RE2JS.compile(`^(?s:${source})$`).matcher(text);
      const expected = matcher.find()
        ? Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group))
        : undefined;
      assert.deepEqual(compilePattern(source).match(text)?.groups, expected);
    }),
  );
});

test('long names of Unicode categories are taken, and others are refused', () => {
  assert.ok(compilePattern('\\p{Letter}+').match('é'));
  assert.throws(() => compilePattern('\\p{Nope}'), { code: 'E0315' });
});
