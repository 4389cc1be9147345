import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { unifiedDiff } from './unified-diff.ts';

test('a line without its end is marked as such', () => {
  assert.equal(
    unifiedDiff('a.alloy', 'a=1', 'a = 1\n', false),
    '--- a.alloy\n+++ a.alloy\n@@ -1,1 +1,1 @@\n-a=1\n\\ No newline at end of file\n+a = 1\n',
  );
});

test('colours tell removed lines from added ones and change nothing else', () => {
  const [before, after] = ['a\n-- b\nc\n', 'a\nd\nc\n'];
  const painted = unifiedDiff('a', before, after, true);
  assert.equal(stripVTControlCharacters(painted), unifiedDiff('a', before, after, false));
  assert.ok(painted.includes('\u001b[31m--- b\u001b[39m\n'));
  assert.ok(painted.includes('\u001b[32m+d\u001b[39m\n'));
});
