import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
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
