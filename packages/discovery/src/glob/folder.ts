import { compareText } from '@pewter/language';
import type { Files } from '@pewter/runtime';

/** Sorted names; none where there is no such folder, or where it may not be read. */
export async function namesIn(files: Files, folder: string): Promise<readonly string[]> {
  return ((await files.list(folder).catch(() => undefined)) ?? []).toSorted(compareText);
}

/** Whether there is something at the path, be it only a link that leads nowhere. */
export function isThere(files: Files, path: string): Promise<boolean> {
  const yes = () => true;
  const no = () => false;
  return files.stat(path).then(yes, () => files.readLink(path).then(yes, no));
}
