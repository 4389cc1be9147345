import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own in memory. */
export interface SmallDisk extends Disposable {
  readonly path: string;
  /** Makes it read-only, or writable again. */
  remount(option: 'ro' | 'rw'): void;
}

/** Why no disk can be mounted here; false where one can. */
export function cannotMount(): string | false {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'only root on Linux may mount a small disk';
  try {
    mountDisk('64k')[Symbol.dispose]();
    return false;
  } catch {
    return 'mounting is not permitted here';
  }
}

/** Mounts one of this size (`2m`). */
export function mountDisk(size: string): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'pewter-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'pipe' });
  return {
    path,
    remount: (option) => void execFileSync('mount', ['-o', `remount,${option}`, path], { stdio: 'pipe' }),
    [Symbol.dispose]() {
      execFileSync('umount', ['-l', path], { stdio: 'pipe' });
      rmdirSync(path);
    },
  };
}
