import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TestHost } from './host.test-help.ts';
import { runProgram } from './program.ts';
import { version } from './version.ts';

async function run(...args: string[]) {
  const host = new TestHost();
  return { status: await runProgram(args, host), out: host.out, err: host.err };
}

describe('the command line', () => {
  test('knows its version', async () => {
    assert.deepEqual(await run('--version'), { status: 0, out: `${version}\n`, err: '' });
  });

  test('has help with examples for itself and for each command', async () => {
    const [, list = ''] = (await run('--help')).out.split('Commands:\n');
    const listed = list.split('\n\n', 1)[0] ?? '';
    const names = Array.from(listed.matchAll(/^ {2}(\w+)/gm), ([, name = '']) => name).filter(
      (one) => one !== 'help',
    );
    assert.ok(names.includes('validate') && names.includes('probe'), names.join());
    const queue = ['ls', 'drain', 'export'].map((name) => ['queue', name]);
    for (const args of [[], ...names.map((name) => [name]), ...queue]) {
      const { status, out } = await run(...args, '--help');
      assert.equal(status, 0);
      assert.match(out, /^Usage: pewter/);
      assert.match(out, /Examples:\n {2}pewter /);
    }
  });

  test('marks in its help what must be given, and shows defaults as they are written', async () => {
    const drain = (await run('queue', 'drain', '--help')).out;
    assert.match(drain, /--url <url> +base URL of a Pyroscope server \(required\)/);
    assert.doesNotMatch(drain + (await run('validate', '--help')).out, /default: (?:\{\}|\[\])/);
    assert.match((await run('probe', '--help')).out, /--request-timeout <duration>[^(]+\(default: 5s\)/);
  });

  test('takes durations as the language writes them, and none that is over before it begins', async () => {
    for (const [command, flag] of [
      ['targets', '--timeout'],
      ['probe', '--request-timeout'],
      ['relabel', '--wait'],
    ] as const)
      for (const wrong of ['10', '0s', '-5s', 'soon']) {
        const { status, err } = await run(command, `${flag}=${wrong}`, 'x.alloy');
        assert.equal(status, 2, `${flag}=${wrong}`);
        assert.match(err, /Give a duration/);
      }
    assert.match((await run('relabel', '--wait=1m30s', 'x.alloy')).err, /cannot read x\.alloy/);
  });

  test('says what is wrong with a call and where its usage is shown, with status 2', async () => {
    const unknown = await run('vaildate');
    assert.equal(unknown.status, 2);
    assert.match(unknown.err, /unknown command 'vaildate'[\s\S]*Did you mean validate\?/);
    const missing = await run('validate');
    assert.equal(missing.status, 2);
    assert.match(
      missing.err,
      /missing required argument 'paths'\n\n?\(pewter validate --help shows the usage\)/,
    );
    assert.match((await run('queue', 'drain')).err, /\(pewter queue drain --help shows the usage\)/);
    assert.equal((await run('run', '--stability.level=stable', 'x')).status, 2);
  });
});
