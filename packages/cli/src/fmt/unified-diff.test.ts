import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { applyPatch } from 'diff';
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

test('what only changes its blanks is found line by line, among lines that come and go', () => {
  const same = ['d { }', 'e { }', 'f { }', 'g { }', 'h { }', 'i { }'];
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  const before = text(['a {', '  b=1', '', '', '  c = [', '  ]', '}', ...same, 'j {  }']);
  const after = text(['a {', '\tb = 1', '', '\tc = []', '}', ...same, 'j { }']);
  assert.deepEqual(unifiedDiff('a', before, after, false).split('\n'), [
    ...['--- a', '+++ a'],
    ...['@@ -1,9 +1,7 @@', ' a {', '-  b=1', '+\tb = 1', ' ', '-', '-  c = [', '-  ]', '+\tc = []', ' }'],
    ...[' d { }', ' e { }'],
    ...['@@ -11,4 +9,4 @@', ' g { }', ' h { }', ' i { }', '-j {  }', '+j { }', ''],
  ]);
});

test('the patch between any two short texts turns the one into the other', () => {
  const lines = ['', 'a', ' a', 'a\t', '- b', '+ b'];
  const pairs = lines.flatMap((first) => lines.map((second) => `${first}\n${second}`));
  const texts = ['', ...lines, ...pairs].flatMap((text) => [text, `${text}\n`]);
  for (const before of texts) {
    for (const after of texts) {
      assert.equal(applyPatch(before, unifiedDiff('a', before, after, false)), after);
    }
  }
});

test('a file of forty thousand lines that is indented otherwise is compared at once', () => {
  const lines = Array.from({ length: 40_000 }, (_, at) => `  line ${at % 100}\n`).join('');
  const diff = unifiedDiff('a', lines, lines.replaceAll('  ', '\t'), false);
  assert.equal(diff.split('\n').length, 80_004);
});
