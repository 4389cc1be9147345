import assert from 'node:assert/strict';
import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';

const loose = 'logging   {\nlevel = "info"\n}\n';
const tidy = 'logging {\n\tlevel = "info"\n}\n';
const broken = 'logging {\n';

async function fmt(args: readonly string[], input = '') {
  const host = new TestHost(input);
  return { status: await runProgram(['fmt', ...args], host), out: host.out, err: host.err };
}

describe('pewter fmt', () => {
  test('prints standard input in its standard form, named or not', async () => {
    assert.deepEqual(await fmt([], loose), { status: 0, out: tidy, err: '' });
    assert.deepEqual(await fmt(['-'], loose), { status: 0, out: tidy, err: '' });
  });

  test('prints one file and leaves it as it is', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': loose });
    assert.deepEqual(await fmt([join(folder, 'a.alloy')]), { status: 0, out: tidy, err: '' });
    assert.equal(await readFile(join(folder, 'a.alloy'), 'utf8'), loose);
  });

  test('--write formats all files in and below a directory and keeps their modes', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': loose, 'below/b.alloy': tidy, 'c.txt': loose });
    await chmod(join(folder, 'a.alloy'), 0o640);
    const { status, out, err } = await fmt(['--write', folder]);
    assert.deepEqual({ status, out }, { status: 0, out: '' });
    assert.equal(err, `formatted ${join(folder, 'a.alloy')}\n`);
    assert.equal(await readFile(join(folder, 'a.alloy'), 'utf8'), tidy);
    assert.equal((await stat(join(folder, 'a.alloy'))).mode & 0o777, 0o640);
    assert.equal(await readFile(join(folder, 'c.txt'), 'utf8'), loose);
  });

  test('--check and --test name what is not formatted, change nothing and fail', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': loose, 'b.alloy': tidy });
    for (const flag of ['--check', '--test', '-t']) {
      const { status, err } = await fmt([flag, folder]);
      assert.equal(status, 1);
      assert.equal(err, `${join(folder, 'a.alloy')} is not formatted\n`);
    }
    assert.equal(await readFile(join(folder, 'a.alloy'), 'utf8'), loose);
    assert.equal((await fmt(['--check', join(folder, 'b.alloy')])).status, 0);
  });

  test('a file that does not parse is left alone, shown with its place, and the others are formatted', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': broken, 'b.alloy': loose });
    const { status, err } = await fmt(['--write', folder]);
    assert.equal(status, 1);
    assert.match(err, /a\.alloy/);
    assert.match(err, /E01\d\d/);
    assert.equal(await readFile(join(folder, 'a.alloy'), 'utf8'), broken);
    assert.equal(await readFile(join(folder, 'b.alloy'), 'utf8'), tidy);
  });

  test('says what it cannot do', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': loose, 'b.alloy': loose });
    const refused = async (args: readonly string[], message: RegExp) => {
      const { status, err } = await fmt(args);
      assert.equal(status, 2);
      assert.match(err, message);
    };
    await refused([folder], /2 files would be printed as one text: give --write or --check/);
    await refused(['--write', '-'], /standard input cannot be written back/);
    await refused(['-', join(folder, 'a.alloy')], /cannot be formatted together with files/);
    await refused(['--write', '--check', folder], /cannot be used with/);
    await refused([join(folder, 'gone.alloy')], /gone\.alloy: there is no such file or directory/);
  });
});
