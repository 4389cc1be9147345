import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { realOutside } from '@pewter/runtime/running';
import { MemoryFiles } from '@pewter/testkit';
import { deepGlob } from './deep-glob.ts';

const files = new MemoryFiles({
  '/a/x.json': '',
  '/a/y.yml': '',
  '/a/b/z.json': '',
  '/a/b/c/w.json': '',
  '/a-b/x.json': '',
  '/a/[1]*': '',
  '/a/b-d': '',
});

for (const [pattern, expected] of [
  ['/a/**/*.json', ['/a/x.json', '/a/b/z.json', '/a/b/c/w.json']],
  ['/a/**/?.json', ['/a/x.json', '/a/b/z.json', '/a/b/c/w.json']],
  ['/a/**.json', ['/a/x.json']],
  ['/a/{y,x}.{yml,json}', ['/a/x.json', '/a/y.yml']],
  ['/{a-b,a}/x.json', ['/a/x.json', '/a-b/x.json']],
  ['/a/{b/{z,c/w},x}.json', ['/a/b/c/w.json', '/a/b/z.json', '/a/x.json']],
  ['/a/{x.json,*.json}', ['/a/x.json']],
  ['/a/b/**', ['/a/b', '/a/b/c', '/a/b/c/w.json', '/a/b/z.json']],
  ['/a/../a//x.*/', ['/a/x.json']],
  ['/a/{,b}/?.json', ['/a/b/z.json']],
  ['/a/\\[1\\]\\*', ['/a/[1]*']],
  ['/a/[[]1]*', ['/a/[1]*']],
  ['/a/b[!a-c]d', ['/a/b-d']],
  ['/a/b[a-]d', ['/a/b-d']],
  ['/a/b[z-a]d', []],
  ['/a/none', []],
  ['', []],
] as const) {
  test(`\`${pattern}\` finds ${expected.length} paths`, async () => {
    assert.deepEqual(await deepGlob(pattern).expand(files), expected);
  });
}

for (const pattern of ['[', '[]', '[^]', '[]a]', 'a\\', '{a,b', 'a}', '[a']) {
  test(`\`${pattern}\` is malformed`, () => {
    assert.throws(() => deepGlob(pattern), /no valid path pattern/);
  });
}

test('a pattern matches paths that are not there', () => {
  for (const [pattern, path] of [
    ['/x/**/*.gz', '/x/y/z.gz'],
    ['/x/**/*.gz', '/x/z.gz'],
    ['/x/**', '/x'],
    ['/x/{a,b/**}/[!c]', '/x/b/c/d/e'],
    ['/x/\\*', '/x/*'],
  ] as const)
    assert.ok(deepGlob(pattern).matches(path), pattern);
  for (const [pattern, path] of [
    ['/x/*.gz', '/x/y/z.gz'],
    ['/x/**.gz', '/x/y/z.gz'],
    ['/x/?', '/x/ab'],
  ] as const)
    assert.ok(!deepGlob(pattern).matches(path), pattern);
});

test('links to folders are followed, and those that lead back upwards end', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'glob-'));
  t.after(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'a/b'), { recursive: true });
  await writeFile(join(root, 'a/b/x.log'), '');
  await symlink('a', join(root, 'link'));
  await symlink('../..', join(root, 'a/b/up'));
  const found = await deepGlob(join(root, '**/*.log')).expand(realOutside().files);
  assert.deepEqual(
    found.map((path) => path.slice(root.length)),
    ['/a/b/x.log', '/link/b/x.log'],
  );
});
