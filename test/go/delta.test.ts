import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createDeltaComputer } from '@pewter/pprof';
import { root, scratchFolder } from '../harness/files.ts';

const go = spawnSync('go', ['version'], { encoding: 'utf8' });
const skip = go.status === 0 ? false : 'Go is not installed: this test compares with its pprof tool';

const fixture = (name: string) => join(root, 'fixtures/profiles', `${name}.pb.gz`);

/** What pprof says each function did itself, and with all it called: the name and two exact numbers, nothing of zero. */
function functionsOf(index: string, ...files: readonly string[]): string[] {
  const flags = ['-top', '-nodefraction=0', '-nodecount=100000', `-sample_index=${index}`];
  const units = index.endsWith('space') ? ['-unit=B'] : [];
  const { stdout, stderr, status } = spawnSync('go', ['tool', 'pprof', ...flags, ...units, ...files], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  const rows = stdout.matchAll(/^ *(\S+) +\S+% +\S+% +(\S+) +\S+% +(.+)$/gm);
  return [...rows]
    .map(([, flat, total, name]) => `${name} ${flat} ${total}`)
    .filter((line) => !/ 0 0$/.test(line))
    .sort();
}

describe('the difference of two profiles of a Go service', { skip }, () => {
  const cases = [
    {
      kind: 'memory',
      before: 'go-allocs-1',
      after: 'go-allocs-2',
      indexes: ['alloc_objects', 'alloc_space'],
    },
    {
      kind: 'memory',
      before: 'go-allocs-2',
      after: 'go-allocs-3',
      indexes: ['alloc_objects', 'alloc_space'],
    },
    { kind: 'block', before: 'go-block-1', after: 'go-block-2', indexes: ['contentions', 'delay'] },
  ] as const;
  for (const { kind, before, after, indexes } of cases) {
    test(`${before} to ${after} is that of go tool pprof -diff_base`, async () => {
      await using folder = await scratchFolder();
      const computer = createDeltaComputer(kind);
      await computer.next(await readFile(fixture(before)));
      const result = await computer.next(await readFile(fixture(after)));
      assert.ok(result.kind === 'delta');
      const file = join(folder.path, 'delta.pb.gz');
      await writeFile(file, result.bytes);
      for (const index of indexes) {
        const expected = functionsOf(index, '-diff_base', fixture(before), fixture(after));
        assert.ok(expected.length > 0);
        assert.deepEqual(functionsOf(index, file), expected);
      }
    });
  }
});
