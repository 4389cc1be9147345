import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';

test('what nobody catches is told, and the process goes on', async () => {
  const script = `
    import { realHost } from '${new URL('./real-host.ts', import.meta.url).href}';
    const release = realHost().onFault((error) => console.log('told:', error.message));
    Promise.reject(new Error('a rejection'));
    setTimeout(() => { throw new Error('a throw'); }, 1);
    const { signal } = { signal: AbortSignal.timeout(5) };
    signal.addEventListener('abort', () => { throw new Error('a listener'); });
    setTimeout(() => { release(); console.log('went on'); }, 50);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  assert.deepEqual(stdout.trim().split('\n'), [
    'told: a rejection',
    'told: a throw',
    'told: a listener',
    'went on',
  ]);
});

const full = existsSync('/dev/full') ? openSync('/dev/full', 'w') : undefined;

test('output that cannot be written is told, with its reason', {
  skip: full === undefined && 'no /dev/full',
}, () => {
  const script = `
    import { realHost } from '${new URL('./real-host.ts', import.meta.url).href}';
    realHost().stdout.write('lost');
  `;
  const args = ['--input-type=module', '-e', script];
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', full, 'pipe'] });
  assert.equal(status, 2);
  assert.equal(String(stderr), 'pewter: cannot write to standard output: the disk is full\n');
});
