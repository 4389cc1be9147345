import { guarded } from './guarded-callback.ts';
import type { Files } from './outside.ts';

/** Files whose watchers cannot harm the process: what one throws is handed to `failed`. */
export function guardedFiles(files: Files, failed: (thrown: unknown) => void): Files {
  return {
    read: (path) => files.read(path),
    readNow: (path) => files.readNow(path),
    list: (path) => files.list(path),
    stat: (path) => files.stat(path),
    readLink: (path) => files.readLink(path),
    watch: (path, changed) => files.watch(path, guarded(changed, failed)),
    watchFolder: (folder, changed) => files.watchFolder(folder, guarded(changed, failed)),
  };
}
