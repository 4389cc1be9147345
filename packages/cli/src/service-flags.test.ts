import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FlaggedProcess, withServiceFlags } from './service-flags.ts';

/** What is started in the place of a process; undefined where it goes on. */
function startedBy(process: Partial<FlaggedProcess>): readonly string[] | undefined {
  let started: readonly string[] | undefined;
  withServiceFlags({
    platform: 'linux',
    execPath: globalThis.process.execPath,
    execArgv: [],
    argv: ['node', 'main.js', 'run', 'a.alloy'],
    env: {},
    execve: (_, args) => {
      started = args;
    },
    ...process,
  });
  return started;
}

const small = ['--max-semi-space-size=16', '--v8-pool-size=1', '--heap-growing-percent=50'];

describe('a process that is to run', () => {
  test('starts anew with the flags that keep it small, and its own arguments', () => {
    assert.deepEqual(startedBy({}), ['node', ...small, 'main.js', 'run', 'a.alloy']);
  });

  test('does so once', () => {
    assert.equal(startedBy({ execArgv: small }), undefined);
  });

  test('keeps the flags that it was given', () => {
    const given = ['--inspect', '--max_semi_space_size=64'];
    assert.deepEqual(startedBy({ execArgv: given })?.slice(1, -3), [...given, ...small.slice(1)]);
    const env = { NODE_OPTIONS: '--v8-pool-size=8 --max-semi-space-size=16' };
    assert.deepEqual(startedBy({ env })?.slice(1, -3), small.slice(2));
  });

  test('goes on as it is where no other can take its place', () => {
    assert.equal(startedBy({ platform: 'win32' }), undefined);
    assert.equal(startedBy({ execPath: '/nowhere/node' }), undefined);
  });
});

test('a version of Node that cannot do it goes on as it is', () => {
  const { platform, execPath } = process;
  const argv = ['node', 'main.js', 'run', 'a.alloy'];
  assert.doesNotThrow(() => withServiceFlags({ platform, execPath, execArgv: [], argv, env: {} }));
});

test('no other command is started twice', () => {
  assert.equal(startedBy({ argv: ['node', 'main.js', 'validate', 'run'] }), undefined);
});
