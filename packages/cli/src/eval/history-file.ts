import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Host } from '../host.ts';

const longest = 1000;

/** Where the console keeps its history: below the state folder of the XDG base directories. */
export function historyPath({ env }: Pick<Host, 'env'>): string {
  const given = env.XDG_STATE_HOME;
  const state = given === undefined || given === '' ? join(homedir(), '.local', 'state') : given;
  return join(state, 'pewter', 'eval-history');
}

/** The lines of an earlier console, the last one first; none where there was none or they cannot be read. */
export async function readHistory(path: string): Promise<string[]> {
  try {
    return (await readFile(path, 'utf8'))
      .split('\n')
      .filter((line) => line !== '')
      .reverse();
  } catch {
    return [];
  }
}

/** Keeps the lines, the last one first, for this user's eyes only. A console works as well without. */
export async function writeHistory(path: string, lines: readonly string[]): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, `${lines.slice(0, longest).toReversed().join('\n')}\n`, { mode: 0o600 });
  } catch {
    return;
  }
}
