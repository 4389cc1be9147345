import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './files.ts';

/** How a script ended. */
export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a bash script as a CI runner does (`-e -o pipefail`) in a folder, where `npx --yes pewter…` is the program of
 * this checkout.
 */
export async function runScript(
  script: string,
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const bin = join(folder, '.bin');
  await mkdir(bin, { recursive: true });
  const main = join(root, 'packages/cli/src/main.ts');
  await writeFile(
    join(bin, 'npx'),
    `#!/bin/bash\n[ "$1" = --yes ] && [[ "$2" = pewter* ]] || { echo "npx $*" >&2; exit 99; }\nshift 2\nexec "${process.execPath}" "${main}" "$@"\n`,
  );
  await chmod(join(bin, 'npx'), 0o755);
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env.PATH}`, HOME: folder, ...env },
  });
  return { status, out: stdout, err: stderr };
}
