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
    for (const args of [
      [],
      ['run'],
      ['validate'],
      ['fmt'],
      ['eval'],
      ['docs'],
      ['components'],
      ['demo'],
      ['sink'],
    ]) {
      const { status, out } = await run(...args, '--help');
      assert.equal(status, 0);
      assert.match(out, /^Usage: pewter/);
      assert.match(out, /Examples:\n {2}pewter /);
    }
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
