import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryFiles } from '@pewter/testkit';
import { deepGlob, plainGlob } from './glob.ts';

const files = new MemoryFiles({
  '/a/x.json': '',
  '/a/y.yml': '',
  '/a/b/z.json': '',
  '/a/b/c/w.json': '',
  '/.h/x': '',
});

for (const [pattern, expected] of [
  ['/a/*.json', ['/a/x.json']],
  ['/a/?.*', ['/a/x.json', '/a/y.yml']],
  ['/a/[^x].*', ['/a/y.yml']],
  ['/*/b/[w-z].json', ['/a/b/z.json']],
  ['/a/x.json', ['/a/x.json']],
  ['/a/none.json', []],
  ['/a/**/*.json', ['/a/b/z.json']],
  ['/.*/*', ['/.h/x']],
] as const) {
  test(`${pattern} as a plain pattern finds ${expected.length} paths`, async () => {
    const found = await plainGlob(pattern).expand(files);
    assert.deepEqual(found, expected);
  });
}

for (const [pattern, expected] of [
  ['/a/**/*.json', ['/a/x.json', '/a/b/z.json', '/a/b/c/w.json']],
  ['/a/{x,y}.{json,yml}', ['/a/x.json', '/a/y.yml']],
  ['/a/{b/{z,c/w},x}.json', ['/a/b/z.json', '/a/b/c/w.json', '/a/x.json']],
  ['/a/b/**', ['/a/b/c', '/a/b/c/w.json', '/a/b/z.json']],
] as const) {
  test(`${pattern} as a deep pattern finds ${expected.length} paths`, async () => {
    const glob = deepGlob(pattern);
    assert.deepEqual(await glob.expand(files), expected);
    for (const path of expected) assert.ok(glob.matches(path));
  });
}

test('a malformed pattern is an error', () => {
  for (const pattern of ['[', 'a\\', '[z-a]']) assert.throws(() => plainGlob(pattern), /no valid/);
  assert.throws(() => deepGlob('{a,b'), /brace/);
});

test('a pattern matches paths that are not there', () => {
  assert.ok(deepGlob('/x/**/*.gz').matches('/x/y/z.gz'));
  assert.ok(!deepGlob('/x/*.gz').matches('/x/y/z.gz'));
  assert.ok(plainGlob('/x/\\*').matches('/x/*'));
});
