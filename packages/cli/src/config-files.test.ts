import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from '@pewter/syntax';
import { findFiles, readConfig, readSource } from './config-files.ts';
import { temporaryFolder } from './temporary-folder.test-help.ts';

const files = { 'b.alloy': 'b', 'a.alloy': 'a', 'notes.txt': 'no', 'below/c.alloy': 'c' };

describe('a config', () => {
  test('is one file', async (t) => {
    const folder = await temporaryFolder(t, files);
    const [source, ...others] = await readConfig(join(folder, 'b.alloy'));
    assert.equal(source?.text, 'b');
    assert.equal(source?.name, join(folder, 'b.alloy'));
    assert.deepEqual(others, []);
  });

  test('is all *.alloy files of a directory by name, not of those below', async (t) => {
    const sources = await readConfig(await temporaryFolder(t, files));
    assert.deepEqual(
      sources.map(({ text }) => text),
      ['a', 'b'],
    );
  });

  test('that is not there or empty is refused with one sentence', async (t) => {
    const folder = await temporaryFolder(t, { 'notes.txt': 'no' });
    const refused = (path: string, message: RegExp) =>
      assert.rejects(readConfig(join(folder, path)), { name: 'CommandError', exitCode: 2, message });
    await refused('gone.alloy', /cannot read .*gone\.alloy: there is no such file or directory$/);
    const empty = await temporaryFolder(t, { 'notes.txt': 'no' });
    await assert.rejects(readConfig(empty), { message: /the directory has no \.alloy files$/ });
  });
});

test('bytes that are not UTF-8 are left to the parser, which reports them', async (t) => {
  const folder = await temporaryFolder(t, {});
  await writeFile(join(folder, 'binary.alloy'), Buffer.from([0x61, 0xff]));
  const source = await readSource(join(folder, 'binary.alloy'));
  assert.equal(parse(source).diagnostics[0]?.code, 'E0104');
});

test('files to format are found in all directories below', async (t) => {
  const folder = await temporaryFolder(t, files);
  const found = await findFiles([join(folder, 'notes.txt'), folder]);
  assert.deepEqual(
    found,
    ['notes.txt', 'a.alloy', 'b.alloy', 'below/c.alloy'].map((name) => join(folder, name)),
  );
});

test('files inside of version control and of packages are found only where these are named', async (t) => {
  const folder = await temporaryFolder(t, {
    'a.alloy': '',
    '.git/refs/heads/b.alloy': '',
    'x/node_modules/c/c.alloy': '',
    '.config/d.alloy': '',
  });
  assert.deepEqual(
    await findFiles([folder]),
    ['.config/d.alloy', 'a.alloy'].map((name) => join(folder, name)),
  );
  const named = join(folder, 'x/node_modules');
  assert.deepEqual(await findFiles([named]), [join(named, 'c/c.alloy')]);
});
