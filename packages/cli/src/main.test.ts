import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.test-help.ts';
import { version } from './version.ts';

const handover = fileURLToPath(new URL('../bin/handover.cjs', import.meta.url));
const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Nothing is left in the cache of the user. */
const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };

async function run(args: readonly string[], input = '') {
  const child = spawn(process.execPath, args, { stdio: 'pipe', env });
  child.stdin.end(input);
  const [out, err, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { status, out, err };
}

describe('pewter as a process', () => {
  test('formats what is piped through it', async () => {
    const { status, out } = await run([main, 'fmt'], 'logging   {\n}\n');
    assert.deepEqual({ status, out }, { status: 0, out: 'logging { }\n' });
  });

  test('keeps compiled code for its next start in the cache of the user', async (t) => {
    const folder = await temporaryFolder(t, {});
    const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...others } = process.env;
    const kept = { ...others, XDG_CACHE_HOME: folder };
    const child = spawn(process.execPath, [main, '--version'], {
      env: kept,
      stdio: 'ignore',
      timeout: 20_000,
    });
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.deepEqual(await readdir(folder), ['pewter']);
  });

  test('ends with the status of its command', async () => {
    assert.equal((await run([main, '--version'])).out, `${version}\n`);
    assert.equal((await run([main, 'validate', '/nowhere.alloy'])).status, 2);
    assert.equal((await run([main, 'fmt', '--check'], 'a=1')).status, 1);
  });

  test('loads nothing but its command line before a command needs it', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = new Set();
      registerHooks({
        resolve(specifier, context, next) {
          if (/^[@a-z]/.test(specifier) && !/^(node|file):/.test(specifier)) loaded.add(specifier);
          return next(specifier, context);
        },
      });
      await import(${JSON.stringify(new URL('./program.ts', import.meta.url).href)});
      console.log([...loaded].join());`;
    assert.equal((await run(['--input-type=module', '--eval', script])).out, 'commander\n');
  });

  test('run ends by itself soon after SIGTERM', async (t) => {
    const config = 'pyroscope.write "a" {\n\tendpoint {\n\t\turl = "http://127.0.0.1:1"\n\t}\n}\n';
    const folder = await temporaryFolder(t, { 'a.alloy': config });
    const args = [main, 'run', '--server.http.listen-addr=127.0.0.1:0', join(folder, 'a.alloy')];
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 20_000,
      env,
    });
    child.stderr.on('data', (chunk) => {
      if (String(chunk).includes('HTTP API listens')) child.kill('SIGTERM');
    });
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  test('the launcher passes on an interrupt, and one that comes twice at once stops cleanly', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': 'logging { }\n' });
    const args = [main, 'run', '--server.http.listen-addr=127.0.0.1:0', join(folder, 'a.alloy')];
    const script = `require(${JSON.stringify(handover)}).handOver(process.execPath, ${JSON.stringify(args)})`;
    const child = spawn(process.execPath, ['--eval', script], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 20_000,
      detached: true,
      env,
    });
    child.stderr.on('data', (chunk) => {
      // To the whole group, as a terminal does it.
      if (String(chunk).includes('HTTP API listens')) process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
    });
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  test('the launcher ends by the signal that its program ends by', async () => {
    const program = "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 10_000)";
    const script = `require(${JSON.stringify(handover)}).handOver(process.execPath, ['--eval', ${JSON.stringify(program)}])`;
    const child = spawn(process.execPath, ['--eval', script], { stdio: 'ignore', timeout: 20_000 });
    assert.deepEqual(await once(child, 'exit'), [null, 'SIGTERM']);
  });
});
