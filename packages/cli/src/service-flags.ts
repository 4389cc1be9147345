import { accessSync, constants } from 'node:fs';

/**
 * Flags of Node for a process that serves for weeks beside others; docs/performance.md has what they are worth. V8 takes
 * two to three times 32 MiB for its young generation otherwise, each of its four threads keeps memory that it once
 * needed to compile, and the whole heap is marked every two seconds: V8 bounds what that takes of a processor's time,
 * but it came to a quarter of all that a pipeline needs. In half of that, what a scrape makes is still gone before it
 * counts as old; with half as much room again the heap is marked a third as often.
 */
const serviceFlags: ReadonlyMap<string, string> = new Map([
  ['--max-semi-space-size', '16'],
  ['--v8-pool-size', '1'],
  ['--heap-growing-percent', '50'],
]);

/** The process as far as its flags go. */
export interface FlaggedProcess {
  readonly platform: NodeJS.Platform;
  readonly execPath: string;
  readonly execArgv: readonly string[];
  /** The program itself and the script, then the arguments. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Puts another program in the place of this one: same id, same streams. Absent in older versions of Node. */
  readonly execve?: (file: string, args: readonly string[], env: NodeJS.ProcessEnv) => void;
}

/**
 * Starts a process that is to `run` anew with flags which Node takes only at its start. Those that whoever started it
 * gave, as arguments or in NODE_OPTIONS, stay as they are. Where it cannot be, it goes on as it is.
 */
export function withServiceFlags(process: FlaggedProcess): void {
  const { execve, execPath, argv, env } = process;
  const missing = argv[2] === 'run' ? missingFlags(process) : [];
  if (missing.length === 0 || execve === undefined || !canStart(process)) return;
  const args = [argv[0] ?? execPath, ...process.execArgv, ...missing, ...argv.slice(1)];
  execve.call(process, execPath, args, { ...env });
}

function missingFlags({ execArgv, env }: FlaggedProcess): readonly string[] {
  // V8 takes underscores for hyphens.
  const given = `${execArgv.join(' ')} ${env.NODE_OPTIONS ?? ''}`.replaceAll('_', '-');
  return [...serviceFlags]
    .filter(([name]) => !given.includes(name))
    .map(([name, value]) => `${name}=${value}`);
}

/** Node ends the process where it cannot put the other in its place; Windows has no such call. */
function canStart({ platform, execPath }: FlaggedProcess): boolean {
  if (platform === 'win32') return false;
  try {
    accessSync(execPath, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
