import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { Capsule, Secret, secretKind, standardLibrary } from '@pewter/language';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';
import { completeName } from './complete-name.ts';
import { openConsole } from './open-console.ts';
import { report } from './report.ts';

async function run(
  args: readonly string[],
  input: string | Uint8Array = '',
  env: Readonly<Record<string, string>> = {},
) {
  const host = new TestHost(input);
  Object.assign(host.env, env);
  return { status: await runProgram(['eval', ...args], host), out: host.out, err: host.err };
}

describe('pewter eval', () => {
  test('prints the value as the language writes it', async () => {
    assert.deepEqual(await run(['string.join(["a", "b"], "-")']), { status: 0, out: '"a-b"\n', err: '' });
    assert.equal((await run(['{b = [1], a = null}'])).out, '{\n\ta = null,\n\tb = [1],\n}\n');
  });

  test('takes an expression that begins with a dash behind --', async () => {
    assert.equal((await run(['--', '-7 % 3'])).out, '-1\n');
  });

  test('evaluates each line of standard input, and goes on behind one that fails', async () => {
    const { status, out, err } = await run([], '1 + 1\n\nnope\r\n"last"\n');
    assert.deepEqual({ status, out }, { status: 1, out: '2\n"last"\n' });
    assert.match(err, /<stdin line 3>:1:1: error\[E0301\]: `nope` is not defined/);
  });

  test('shows a byte of standard input that is not UTF-8 at its place', async () => {
    const { status, out, err } = await run([], Buffer.from([0x31, 0x0a, 0x22, 0xff, 0x22, 0x0a]));
    assert.deepEqual({ status, out }, { status: 1, out: '1\n' });
    assert.match(err, /<stdin line 2>:1:2: error\[E0104\]/);
  });

  test('passes over lines that hold nothing but comments, and takes - for standard input', async () => {
    assert.deepEqual(await run(['-'], '// one\n1 // two\n/* three */\n'), { status: 0, out: '1\n', err: '' });
  });

  test('says that lines below the expression are not read', async () => {
    const { status, out, err } = await run(['1\n+ 2']);
    assert.deepEqual({ status, out }, { status: 0, out: '1\n' });
    assert.match(err, /what stands below it is not read/);
    assert.deepEqual(await run(['[1,\n2]\n// end\n']), { status: 0, out: '[1, 2]\n', err: '' });
  });

  test('says that there are no components', async () => {
    const { err } = await run(['discovery.http.pods.targets']);
    assert.match(err, /hint: only the standard library is in scope here, no components/);
  });

  test('sees the environment that it is given', async () => {
    assert.equal((await run(['sys.env("COLOUR")'], '', { COLOUR: 'blue' })).out, '"blue"\n');
  });

  test('never shows a secret', () => {
    const host = new TestHost();
    const value = new Capsule(secretKind, new Secret('hunter2'));
    report.text({ text: 'x', value, diagnostics: [] }, host);
    report.json({ text: 'x', value, diagnostics: [] }, host);
    assert.equal(host.out, '(secret)\n{"expr":"x","type":"capsule","value":"(secret)","error":null}\n');
  });

  test('warns of a deprecated function and evaluates it', async () => {
    const { status, out, err } = await run(['to_upper("a")']);
    assert.deepEqual({ status, out }, { status: 0, out: '"A"\n' });
    assert.match(err, /warning\[W0301\].*[\s\S]*hint: use `string.to_upper`/);
  });

  test('--json prints one object a line, errors with their place', async () => {
    const { status, out } = await run(['--json'], '[1, 2.5]\n1 / 0\n');
    assert.equal(status, 1);
    const [first = '', second = ''] = out.split('\n');
    assert.deepEqual(JSON.parse(first), { expr: '[1, 2.5]', type: 'array', value: [1, 2.5], error: null });
    assert.deepEqual(JSON.parse(second), {
      expr: '1 / 0',
      type: null,
      value: null,
      error: {
        code: 'E0306',
        message: 'division by zero',
        range: { start: { line: 1, column: 5 }, end: { line: 1, column: 6 } },
      },
    });
  });

  test('refuses more than one expression, with status 2', async () => {
    assert.equal((await run(['1', '2'])).status, 2);
  });

  test('allows experimental functions unless told otherwise', async () => {
    const expression = 'array.group_by([{a = "x"}], "a", true)';
    assert.equal((await run([expression])).status, 0);
    const { status, err } = await run(['--stability.level=generally-available', expression]);
    assert.equal(status, 1);
    assert.match(err, /E0311/);
  });
});

describe('the console', () => {
  const scope = standardLibrary();

  test('completes names, and members behind a dot', () => {
    assert.deepEqual(completeName('1 + coal', scope), [['coalesce('], 'coal']);
    assert.deepEqual(completeName('string.to_', scope), [
      ['string.to_lower(', 'string.to_upper('],
      'string.to_',
    ]);
    assert.deepEqual(completeName('enc', scope), [['encoding.'], 'enc']);
    assert.deepEqual(completeName('nope.x', scope), [[], 'nope.x']);
  });

  async function typed(text: string, folder: string, output = new PassThrough()): Promise<TestHost> {
    const host = new TestHost();
    host.env.XDG_STATE_HOME = folder;
    const input = new PassThrough();
    input.end(text);
    await openConsole(scope, 'text', host, { input, output, terminal: true });
    return host;
  }

  test('has only the commands that mean something for expressions', async (t) => {
    const output = new PassThrough();
    const host = await typed('// nothing\n.help\n', await temporaryFolder(t, {}), output);
    const shown = stripVTControlCharacters((await output.end().toArray()).join(''));
    assert.deepEqual(shown.match(/^\.\w+/gm), ['.break', '.editor', '.exit', '.help']);
    assert.deepEqual([host.out, host.err], ['', '']);
  });

  test('answers each line and keeps them as history for its user alone', async (t) => {
    const folder = await temporaryFolder(t, {});
    const host = await typed('1 + 2\n\nnope\n', folder);
    assert.equal(host.out, '3\n');
    assert.match(host.err, /E0301/);
    const file = join(folder, 'pewter', 'eval-history');
    assert.deepEqual((await written(file)).split('\n'), ['nope', '1 + 2']);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  test('reads on where a line does not complete an expression', async (t) => {
    const host = await typed('[1,\n2]\n1 +\n\n2\n`a\nb`\n', await temporaryFolder(t, {}));
    assert.deepEqual({ out: host.out, err: host.err }, { out: '[1, 2]\n3\n"a\\nb"\n', err: '' });
  });

  test('does not read on where no further line can help', async (t) => {
    const host = await typed('[1\n2\n', await temporaryFolder(t, {}));
    assert.equal(host.out, '2\n');
    assert.match(host.err, /E0122/);
  });
});

/** The content of a file that is written soon. */
async function written(file: string): Promise<string> {
  for (;;) {
    const text = await readFile(file, 'utf8');
    if (text !== '') return text;
    await nextTurn();
  }
}
