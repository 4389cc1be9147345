import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fixturePath } from './files.ts';

/**
 * Compares a text with the golden file `fixtures/goldens/NAME`. A missing golden fails;
 * `UPDATE_GOLDENS=1 npm test -- test/FILE.test.ts` writes them anew, for a person to read in the diff.
 */
export async function assertGolden(name: string, actual: string): Promise<void> {
  const path = fixturePath(`goldens/${name}`);
  if (process.env.UPDATE_GOLDENS === '1') {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, actual);
    return;
  }
  const expected = await readFile(path, 'utf8').catch(() => undefined);
  assert.notEqual(
    expected,
    undefined,
    `there is no golden ${path}; UPDATE_GOLDENS=1 writes it. Text:\n${actual}`,
  );
  assert.equal(actual, expected);
}
