import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, scratchFolder } from './harness/files.ts';

/** Sets up a checkout that is nearly empty with an installer that is none; gives what is seen of that. */
async function setUp(installer: string) {
  await using folder = await scratchFolder();
  const bin = join(folder.path, 'packages/cli/bin');
  await mkdir(bin, { recursive: true });
  await mkdir(join(folder.path, 'node_modules'));
  await copyFile(join(root, 'packages/cli/bin/setup.cjs'), join(bin, 'setup.cjs'));
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']) await folder.write(name, '');
  await chmod(await folder.write('npx', `#!/bin/sh\n${installer}\n`), 0o755);
  const script = `require(${JSON.stringify(join(bin, 'setup.cjs'))}).ensureInstalled()`;
  const env = { ...process.env, PATH: `${folder.path}:${process.env.PATH}` };
  return spawnSync(process.execPath, ['-e', script], { env, encoding: 'utf8' });
}

const noise = 'echo "[WARN] Unsupported engine"; echo "progress" >&2';

test('the first run in a checkout says one line, whatever the installer says', async () => {
  const { status, stdout, stderr } = await setUp(noise);
  assert.equal(status, 0);
  assert.equal(stdout, '');
  assert.match(stderr, /^pewter: first run in this checkout, installing packages .*\n$/);
});

test('an installer that fails is heard, and what to do comes last', async () => {
  const { status, stdout, stderr } = await setUp(`${noise}; echo "no route to registry" >&2; exit 3`);
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /Unsupported engine\nprogress\nno route to registry\n/);
  assert.match(
    stderr,
    /could not be installed: npx pnpm@\S+ install ended with status 3\. Check the network/,
  );
});
