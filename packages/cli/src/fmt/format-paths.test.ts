import assert from 'node:assert/strict';
import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';

const loose = 'logging   {\nlevel = "info"\n}\n';
const tidy = 'logging {\n\tlevel = "info"\n}\n';
const broken = 'logging {\n';

async function fmt(args: readonly string[], input: string | Uint8Array = '') {
  const host = new TestHost(input);
  return { status: await runProgram(['fmt', ...args], host), out: host.out, err: host.err };
}

describe('pewter fmt', () => {
  test('prints standard input in its standard form, named or not', async () => {
    assert.deepEqual(await fmt([], loose), { status: 0, out: tidy, err: '' });
    assert.deepEqual(await fmt(['-'], loose), { status: 0, out: tidy, err: '' });
  });

  test('says on a terminal that it waits for input', async () => {
    const host = Object.assign(new TestHost(loose), { inputIsTerminal: true });
    assert.equal(await runProgram(['fmt'], host), 0);
    assert.deepEqual([host.out, host.err], [tidy, 'pewter: reading what you type, to its end (Ctrl-D)\n']);
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
    assert.equal(err, `formatted ${join(folder, 'a.alloy')}\n2 files: 1 formatted, 1 left as they were\n`);
    assert.equal(await readFile(join(folder, 'a.alloy'), 'utf8'), tidy);
    assert.equal((await stat(join(folder, 'a.alloy'))).mode & 0o777, 0o640);
    assert.equal(await readFile(join(folder, 'c.txt'), 'utf8'), loose);
  });

  test('--check and --test name what is not formatted, change nothing and fail', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': loose, 'b.alloy': tidy });
    for (const flag of ['--check', '--test', '-t']) {
      const { status, err } = await fmt([flag, folder]);
      assert.equal(status, 1);
      assert.equal(
        err,
        `${join(folder, 'a.alloy')} is not formatted\n2 files: 1 not formatted, 1 formatted\n`,
      );
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

  test('takes patterns, as the shell does, and each file once', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': loose, 'x/b.alloy': loose, 'x/y/c.alloy': loose });
    const { status, err } = await fmt(['--check', join(folder, '**', '*.alloy'), join(folder, 'x'), folder]);
    assert.equal(status, 1);
    const names = ['a.alloy', 'x/b.alloy', 'x/y/c.alloy'].map((name) => join(folder, name));
    assert.equal(
      err,
      `${names.map((name) => `${name} is not formatted\n`).join('')}3 files: 3 not formatted\n`,
    );
  });

  test('--diff prints what would change, changes nothing and fails', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': loose, 'b.alloy': tidy });
    const path = join(folder, 'a.alloy');
    const { status, out } = await fmt(['--diff', path]);
    assert.equal(status, 1);
    assert.equal(
      out,
      `--- ${path}\n+++ ${path}\n@@ -1,3 +1,3 @@\n-logging   {\n-level = "info"\n+logging {\n+\tlevel = "info"\n }\n`,
    );
    assert.equal(await readFile(path, 'utf8'), loose);
    assert.deepEqual(await fmt(['--diff', join(folder, 'b.alloy')]), { status: 0, out: '', err: '' });
    assert.match((await fmt(['--diff'], loose)).out, /^--- <stdin>\n/);
  });

  test('a byte that is not UTF-8 is shown at its place, and the file left alone', async (t) => {
    const folder = await temporaryFolder(t, {});
    const bytes = Buffer.from([...Buffer.from('a = 1\nb = '), 0xff]);
    await writeFile(join(folder, 'a.alloy'), bytes);
    const { status, err } = await fmt(['--write', folder]);
    assert.equal(status, 1);
    assert.match(err, /a\.alloy:2:5: error\[E0104\]/);
    assert.deepEqual(await readFile(join(folder, 'a.alloy')), bytes);
    assert.match((await fmt([], bytes)).err, /<stdin>:2:5: error\[E0104\]/);
  });

  test('goes on after a file that it cannot read', async (t) => {
    const folder = await temporaryFolder(t, { 'b.alloy': loose });
    await symlink('nowhere', join(folder, 'a.alloy'));
    const { status, err } = await fmt(['--write', folder]);
    assert.equal(status, 2);
    assert.match(err, /cannot read .*a\.alloy: there is no such file or directory/);
    assert.match(err, /2 files: 1 formatted, 1 not readable or writable/);
    assert.equal(await readFile(join(folder, 'b.alloy'), 'utf8'), tidy);
  });

  test('says what it cannot do', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': loose, 'b.alloy': loose });
    const refused = async (args: readonly string[], message: RegExp) => {
      const { status, err } = await fmt(args);
      assert.equal(status, 2);
      assert.match(err, message);
    };
    await refused([folder], /2 files would be printed as one text: give --write, --check or --diff/);
    await refused(['--write', '-'], /standard input cannot be written back/);
    await refused(['-', join(folder, 'a.alloy')], /cannot be formatted together with files/);
    await refused(['--write', '--check', folder], /cannot be used with/);
    await refused(['--check', join(folder, 'x*')], /nothing matches the pattern .*x\*/);
    await refused(['--write', '--diff', folder], /cannot be used with/);
    await refused([join(folder, 'gone.alloy')], /gone\.alloy: there is no such file or directory/);
  });
});
