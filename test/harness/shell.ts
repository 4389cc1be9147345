import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { root, scratchFolder } from './files.ts';

/** How a script ended. */
export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a bash script as a CI runner does (`-e -o pipefail`) in a folder, where `git clone` of any address gives this
 * checkout, and nothing comes from npm.
 */
export async function runScript(
  script: string,
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const home = await scratchFolder();
  try {
    const bin = join(home.path, 'bin');
    await mkdir(bin);
    await writeProgram(join(bin, 'npx'), 'echo "npx $*" >&2; exit 99');
    await writeProgram(join(bin, 'git'), `[ "$1" = clone ] && ln -s "${root}" "\${!#}"`);
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
        HOME: home.path,
        ...env,
      },
    });
    return { status, out: stdout, err: stderr };
  } finally {
    await home[Symbol.asyncDispose]();
  }
}

async function writeProgram(path: string, script: string): Promise<void> {
  await writeFile(path, `#!/bin/bash\n${script}\n`);
  await chmod(path, 0o755);
}
