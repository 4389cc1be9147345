import {
  type BigIntStats,
  type FSWatcher,
  readFileSync,
  statSync,
  unwatchFile,
  watch,
  watchFile,
} from 'node:fs';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Cancel, FileFacts, Files } from './outside.ts';

/** How often a file is looked at where no event tells of a change (network mounts, swapped symbolic links). */
const pollMilliseconds = 2_000;

/** The file system of the machine. */
export const realFiles: Files = {
  read: (path) => readFile(path),
  readNow: (path) => readFileSync(path),
  list: async (path) => ((await stat(path)).isDirectory() ? readdir(path) : undefined),
  watch: watchPath,
  stat: factsOf,
  readLink: (path) => readlink(path),
  watchFolder: watchEntries,
};

async function factsOf(path: string): Promise<FileFacts> {
  const facts = await stat(path);
  const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other';
  return { kind, modified: facts.mtimeMs, id: `${facts.dev}:${facts.ino}` };
}

/** Events tell of what was written in a file of the folder, the folder's own facts of what came and went. */
function watchEntries(folder: string, changed: () => void): Cancel {
  const anyEntry = join(folder, '*');
  let watcher = watchFolder(anyEntry, changed);
  const cancel = watchPath(folder, () => {
    // A folder made anew is another one for the system.
    watcher?.close();
    watcher = watchFolder(anyEntry, changed);
    changed();
  });
  return () => {
    cancel();
    watcher?.close();
  };
}

/**
 * Events of the folder make it fast, looking now and then makes it sure: mounted secrets change by a link
 * that is swapped elsewhere. Either way a change counts only where the file's own facts differ.
 */
function watchPath(path: string, changed: () => void): Cancel {
  const full = resolve(path);
  const state = { seen: signature(statSync(full, { bigint: true, throwIfNoEntry: false })), active: true };
  const look = async () => {
    const now = signature(await stat(full, { bigint: true }).catch(() => undefined));
    if (!state.active || now === state.seen) return;
    state.seen = now;
    changed();
  };
  const poll = () => void look();
  watchFile(full, { interval: pollMilliseconds, persistent: false }, poll);
  const folder = watchFolder(full, poll);
  return () => {
    state.active = false;
    unwatchFile(full, poll);
    folder?.close();
  };
}

/** Events of one name in its folder; of every name where it is `*`. */
function watchFolder(full: string, changed: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(dirname(full), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(full) || basename(full) === '*') changed();
    });
    return watcher.on('error', () => watcher.close());
  } catch {
    // No such folder yet, or no watches left: looking now and then still finds the change.
    return undefined;
  }
}

/** What differs once a file was written, replaced, made or removed. */
function signature(facts: BigIntStats | undefined): string {
  return facts === undefined ? 'absent' : `${facts.ino} ${facts.size} ${facts.mtimeNs}`;
}
