import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { type FlaggedProcess, withNodeFlags } from './node-flags.ts';

interface Outcome {
  /** The arguments and the environment of what is started in its place; undefined where it goes on. */
  started?: { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv };
  /** The flags that it gets when its start is over. */
  readonly set: string[];
}

function outcomeOf(process: Partial<FlaggedProcess>): Outcome {
  const outcome: Outcome = { set: [] };
  const given: FlaggedProcess = {
    platform: 'linux',
    execPath: globalThis.process.execPath,
    execArgv: [],
    argv: ['node', 'main.js', 'run', 'a.alloy'],
    env: {},
    execve: (_, args, env) => {
      outcome.started = { args, env };
    },
    ...process,
  };
  setFlags(given, outcome.set);
  return outcome;
}

function setFlags(process: FlaggedProcess, set: string[]): void {
  let isStarted = false;
  withNodeFlags(process, {
    set(flag) {
      assert.ok(isStarted, 'compiled code that is kept is taken without flags alone');
      set.push(flag);
    },
    started(callback) {
      isStarted = true;
      callback();
    },
  });
}

const atStart = ['--max-semi-space-size=4', '--v8-pool-size=1'];
const whenStarted = [
  '--invocation-count-for-maglev=100',
  '--invocation-count-for-turbofan=1000',
  '--minimum-invocations-after-ic-update=100',
  '--no-allocation-site-pretenuring',
  '--heap-growing-percent=50',
];

describe('a process that is to run', () => {
  test('starts anew with the flags that keep it small, and its own arguments', () => {
    const { started } = outcomeOf({ env: { HOME: '/root' } });
    assert.deepEqual(started?.args, ['node', ...atStart, 'main.js', 'run', 'a.alloy']);
    assert.deepEqual(started?.env, { HOME: '/root', MALLOC_ARENA_MAX: '1' });
  });

  test('does so once, and sets what can be set while it runs when its start is over', () => {
    assert.deepEqual(outcomeOf({ execArgv: atStart }), { set: whenStarted });
  });

  test('keeps the flags and the variables that it was given', () => {
    const given = ['--inspect', '--max_semi_space_size=64', '--heap-growing-percent=80'];
    const { started, set } = outcomeOf({ execArgv: given, env: { MALLOC_ARENA_MAX: '4' } });
    assert.deepEqual(started?.args.slice(1, -3), [...given, ...atStart.slice(1)]);
    assert.deepEqual(started?.env, { MALLOC_ARENA_MAX: '4' });
    assert.deepEqual(set, whenStarted.slice(0, -1), 'the growth of the heap as well');
    const env = { NODE_OPTIONS: '--v8-pool-size=8 --max-semi-space-size=16' };
    assert.equal(outcomeOf({ env }).started, undefined);
  });

  test('goes on as it is where no other can take its place', () => {
    assert.deepEqual(outcomeOf({ platform: 'win32' }), { set: whenStarted });
    assert.deepEqual(outcomeOf({ execPath: '/nowhere/node' }), { set: whenStarted });
  });
});

test('a version of Node that cannot start it anew goes on as it is', () => {
  const { platform, execPath } = process;
  const argv = ['node', 'main.js', 'run', 'a.alloy'];
  const set: string[] = [];
  setFlags({ platform, execPath, execArgv: [], argv, env: {} }, set);
  assert.deepEqual(set, whenStarted);
});

test('no other command is started twice, nor has such flags', () => {
  assert.deepEqual(outcomeOf({ argv: ['node', 'main.js', 'validate', 'run'] }), { set: [] });
});

test('V8 knows every flag that is set while it runs', () => {
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  const { set } = outcomeOf({ execArgv: atStart });
  const flags = set.map((flag) => flag.replace(/^--no-/, '--').replace(/=.*/, ''));
  assert.deepEqual(
    flags.filter((flag) => !known.includes(`  ${flag} (`)),
    [],
  );
});
