import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { realPrograms } from './real-programs.ts';

const signal = new AbortController().signal;
const options = { signal, timeoutMs: 20_000 };

describe('programs of the machine', () => {
  test('run with arguments that no shell reads, and end with their status', async () => {
    assert.match((await realPrograms.run('git', ['--version'], options)).stdout, /^git version/);
    const { status, stderr } = await realPrograms.run('git', ['no-such; echo x'], options);
    assert.equal(status, 1);
    assert.match(stderr, /no-such; echo x/);
  });

  test('have private files as long as they run, and variables that lead there', async () => {
    const alias = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'alias.show-key' };
    let seen = '';
    const { stdout } = await realPrograms.run('git', ['show-key'], {
      ...options,
      privateFiles: { key: 'text of a key' },
      environment(folder) {
        seen = folder;
        return { ...alias, GIT_CONFIG_VALUE_0: `!stat -c %a ${folder}/key && cat ${folder}/key` };
      },
    });
    assert.equal(stdout, '700\ntext of a key');
    assert.equal(existsSync(seen), false);
  });

  test('are ended by a signal and by their time', async () => {
    const sleep = ['-c', 'alias.wait=!exec sleep 10', 'wait'];
    await assert.rejects(
      realPrograms.run('git', sleep, { signal: AbortSignal.timeout(50), timeoutMs: 20_000 }),
      /^Error: `git` was cancelled$/,
    );
    await assert.rejects(
      realPrograms.run('git', sleep, { signal, timeoutMs: 50 }),
      /did not end within 0.05 s/,
    );
  });
});
