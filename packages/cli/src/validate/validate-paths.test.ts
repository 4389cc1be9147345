import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';

const write = 'pyroscope.write "local" {\n\tendpoint {\n\t\turl = "http://127.0.0.1:4040"\n\t}\n}\n';
const scrape = 'pyroscope.scrape "a" {\n\ttargets = []\n\tforward_to = [pyroscope.write.local.receiver]\n}\n';

async function validate(...args: string[]) {
  return validateInput('', ...args);
}

async function validateInput(input: string | Uint8Array, ...args: string[]) {
  const host = new TestHost(input);
  return { status: await runProgram(['validate', ...args], host), out: host.out, err: host.err };
}

describe('pewter validate', () => {
  test('is content with a config that loads', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape + write });
    const { status, out } = await validate(join(folder, 'a.alloy'));
    assert.equal(status, 0);
    assert.equal(out, '1 config checked: no errors\n');
  });

  test('shows each mistake with its place, and fails', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape, 'b.alloy': write });
    const { status, out, err } = await validate(join(folder, 'a.alloy'), join(folder, 'b.alloy'));
    assert.equal(status, 1);
    assert.match(err, /a\.alloy:3:16/);
    assert.match(err, /E02\d\d/);
    assert.equal(out, '2 configs checked: 1 error\n');
  });

  test('takes the files of a directory as one config', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape, 'b.alloy': write });
    const { status, out } = await validate(folder);
    assert.equal(status, 0, out);
  });

  test('takes patterns, and a path that is named twice once', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': write, 'x/b.alloy': scrape + write });
    const { status, out } = await validate(join(folder, '**', '*.alloy'), join(folder, 'x', 'b.alloy'));
    assert.equal(status, 0);
    assert.equal(out, '2 configs checked: no errors\n');
    assert.match((await validate(join(folder, 'y*'))).err, /nothing matches the pattern .*y\*/);
  });

  test('takes standard input as one more config', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape + write });
    const { status, out, err } = await validateInput(scrape, '-', join(folder, 'a.alloy'));
    assert.equal(status, 1);
    assert.match(err, /<stdin>:3:16/);
    assert.equal(out, '2 configs checked: 1 error\n');
  });

  test('shows a byte that is not UTF-8 at its place', async () => {
    const { status, err } = await validateInput(Buffer.from([...Buffer.from('// '), 0xff]), '-');
    assert.equal(status, 1);
    assert.match(err, /<stdin>:1:4: error\[E0104\]/);
  });

  test('goes on after what it cannot read, and says so by its status', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape + write });
    const { status, out, err } = await validate(join(folder, 'gone.alloy'), join(folder, 'a.alloy'));
    assert.equal(status, 2);
    assert.match(err, /cannot read .*gone\.alloy: there is no such file or directory/);
    assert.equal(out, '2 configs checked: no errors, 1 not readable\n');
  });

  test('reports as JSON for programs', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': scrape });
    const path = join(folder, 'a.alloy');
    const { status, out } = await validate('--format=json', path);
    assert.equal(status, 1);
    const report = JSON.parse(out);
    assert.equal(report.configs[0].path, path);
    const [diagnostic] = report.configs[0].diagnostics;
    assert.equal(diagnostic.severity, 'error');
    assert.equal(diagnostic.file, path);
    assert.deepEqual(diagnostic.start, { line: 3, column: 16 });
  });
});
