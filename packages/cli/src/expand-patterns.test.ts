import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { distinctPaths, expandPatterns } from './expand-patterns.ts';
import { temporaryFolder } from './temporary-folder.test-help.ts';

describe('patterns', () => {
  test('stand for what they match, by name', async (t) => {
    const folder = await temporaryFolder(t, { 'b.alloy': '', 'a.alloy': '', 'x/c.alloy': '', 'd.txt': '' });
    const expand = async (pattern: string) =>
      (await expandPatterns([join(folder, pattern)])).map((path) => path.slice(folder.length + 1));
    assert.deepEqual(await expand('*.alloy'), ['a.alloy', 'b.alloy']);
    assert.deepEqual(await expand('**/*.alloy'), ['a.alloy', 'b.alloy', join('x', 'c.alloy')]);
    assert.deepEqual(await expand('{d,a}.*'), ['a.alloy', 'd.txt']);
    assert.deepEqual(await expand('[b-d].alloy'), ['b.alloy']);
  });

  test('that are the name of a file are that file', async (t) => {
    const folder = await temporaryFolder(t, { '[a].alloy': '', 'a.alloy': '' });
    assert.deepEqual(await expandPatterns([join(folder, '[a].alloy')]), [join(folder, '[a].alloy')]);
  });

  test('that match nothing are refused', async () => {
    await assert.rejects(expandPatterns(['nowhere/*.alloy']), {
      exitCode: 2,
      message: 'nothing matches the pattern nowhere/*.alloy',
    });
  });
});

test('a path in two spellings is there once, and - is no file', () => {
  assert.deepEqual(distinctPaths(['a', './a', 'x/../a', '-', './-', '-']), ['a', '-', './-']);
});
