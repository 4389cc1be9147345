import { isAbsolute, join } from 'node:path';
import { quote } from '@pewter/language';
import type { Files } from './outside.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'it is a folder',
};

/** Why a file could not be read, with its path; a relative one is seen from where the program runs. */
export class UnreadFile extends Error {
  override readonly name = 'UnreadFile';
  /** As it is written in the config. */
  readonly path: string;

  constructor(path: string, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const from = isAbsolute(path) ? '' : ', seen from where the program is started';
    super(`${quote(path)}: ${reasons[code] ?? String(cause)}${from}`);
    this.path = path;
  }
}

/** What to write instead, where the file that was meant lies in the folder of the config. */
export async function besideConfig(
  thrown: unknown,
  folder: string,
  files: Pick<Files, 'stat'>,
): Promise<string | undefined> {
  if (!(thrown instanceof UnreadFile) || isAbsolute(thrown.path)) return undefined;
  const found = await files.stat(join(folder, thrown.path)).then(
    () => true,
    () => false,
  );
  if (!found) return 'a relative path does not start at the config: `file.path_join(module_path, "…")` does';
  return `it is there beside the config: \`file.path_join(module_path, ${quote(thrown.path)})\``;
}
