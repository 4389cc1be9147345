import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Keeps compiled code for the next start, unless the environment says where already (NODE_COMPILE_CACHE) or that it
 * shall not be (NODE_DISABLE_COMPILE_CACHE, which Node heeds itself). Where it cannot be kept, each start compiles.
 */
export function useCompileCache(env: Environment): void {
  if (env.NODE_COMPILE_CACHE === undefined) enableCompileCache(join(cacheFolder(env), 'pewter'));
}

/** Where programs of this user keep what they can make again. */
export function cacheFolder(
  env: Environment,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (platform === 'win32') return env.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
  return platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}
