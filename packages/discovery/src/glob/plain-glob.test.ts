import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryFiles } from '@pewter/testkit';
import { plainGlob } from './plain-glob.ts';

const files = new MemoryFiles({
  '/a/x.json': '',
  '/a/y.yml': '',
  '/a/b/z.json': '',
  '/a/b/c/w.json': '',
  '/a/!n': '',
  '/a/[1]': '',
  '/.h/x': '',
});

for (const [pattern, expected] of [
  ['/a/*.json', ['/a/x.json']],
  ['/a/?.*', ['/a/x.json', '/a/y.yml']],
  ['/a/[^x].*', ['/a/y.yml']],
  ['/a/[!x]*', ['/a/!n', '/a/x.json']],
  ['/a/[z-a].json', []],
  ['/*/b/[w-z].json', ['/a/b/z.json']],
  ['/a/x.json', ['/a/x.json']],
  ['/a/./x.json', ['/a/./x.json']],
  ['/a/./x.*', ['/a/x.json']],
  ['/a//x.*', ['/a/x.json']],
  ['/a/*/', []],
  ['/a/none.json', []],
  ['/a/**/*.json', ['/a/b/z.json']],
  ['/a/{x,y}.json', []],
  ['/a/\\[1\\]', ['/a/[1]']],
  ['/.*/*', ['/.h/x']],
] as const) {
  test(`\`${pattern}\` as a plain pattern finds ${expected.length} paths`, async () => {
    assert.deepEqual(await plainGlob(pattern)(present(files)), expected);
  });
}

for (const pattern of ['[', 'a\\', '[]a]', '[^]', '[a-]', '[-a]', '*/[/x']) {
  test(`\`${pattern}\` is malformed`, () => {
    assert.throws(() => plainGlob(pattern), /no valid path pattern/);
  });
}

/** As a file system has it, a path may be written in several ways. */
function present(memory: MemoryFiles): MemoryFiles {
  const tidy = (path: string) => path.replace(/\/(?:\.?\/)+/g, '/');
  return new Proxy(memory, {
    get(target, name) {
      if (name === 'stat') return (path: string) => target.stat(tidy(path));
      if (name === 'list') return (path: string) => target.list(tidy(path).replace(/\/\.?$/, '') || '/');
      return Reflect.get(target, name) as unknown;
    },
  });
}
