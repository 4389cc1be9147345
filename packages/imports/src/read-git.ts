import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { errorText, type Imported, type ImportOutside, readModuleFiles } from '@pewter/runtime';
import type { GitArguments } from './git.ts';
import { gitAccess } from './git-access.ts';
import { GitClone } from './git-clone.ts';
import { gitCommand } from './git-command.ts';
import { inTurn } from './in-turn.ts';
import { insideOf } from './inside-of.ts';

/**
 * Brings the clone up to date and reads the module in it. Where that fails and there is a clone from before, it is
 * read from that, and is stale. Credentials are in no message.
 */
export async function readGit(
  outside: ImportOutside,
  args: GitArguments,
  signal: AbortSignal,
): Promise<Imported> {
  const folder = cloneFolder(outside.storagePath, args);
  return inTurn(folder, async () => {
    const access = await gitAccess(args, outside.files);
    const clone = new GitClone(folder, access.repository, gitCommand(outside.programs, access, signal));
    const stale = await update(clone, args.revision);
    const path = insideOf(args.path) ?? '.';
    const { texts } = await readModuleFiles(outside.files, path === '.' ? folder : join(folder, path));
    return { texts, folder, ...(stale === undefined ? {} : { stale }) };
  });
}

async function update(clone: GitClone, revision: string): Promise<string | undefined> {
  try {
    await clone.update(revision);
    return undefined;
  } catch (error) {
    if (!(await clone.exists())) throw error;
    return errorText(error);
  }
}

/** One clone for each repository and revision, so that imports of different revisions don't undo each other's work. */
function cloneFolder(storagePath: string, { repository, revision }: GitArguments): string {
  const name = createHash('sha256').update(`${repository}\n${revision}`).digest('hex').slice(0, 16);
  return join(storagePath, 'import.git', name);
}
