import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../harness/files.ts';
import { runNode } from '../harness/process.ts';

/** Builds what would be published into a folder; gives the path of its launcher. */
export async function builtProgram(folder: string): Promise<string> {
  const cli = join(root, 'packages', 'cli');
  const { status, stderr } = await runNode([join(cli, 'scripts', 'build.ts'), join(folder, 'dist')]);
  if (status !== 0) throw new Error(`the bundle could not be built: ${stderr}`);
  await cp(join(cli, 'package.json'), join(folder, 'package.json'));
  await cp(join(cli, 'bin'), join(folder, 'bin'), { recursive: true });
  return join(folder, 'bin', 'pewter.cjs');
}
