import { accessSync, constants } from 'node:fs';

/**
 * Flags of Node for a process that serves for weeks beside others, which it takes only at its start; docs/performance.md
 * has what they are worth. V8 takes two to three times 32 MiB for its young generation otherwise, and each of its four
 * threads keeps memory that it once needed to compile.
 */
const startFlags: Flags = new Map([
  ['--max-semi-space-size', '4'],
  ['--v8-pool-size', '1'],
]);

/**
 * Flags of V8 that it heeds at any time, so that a version which has another name for one only says so. With half as
 * much room again the whole heap is marked a third as often.
 */
const anytimeFlags: Flags = new Map([['--heap-growing-percent', '50']]);

/**
 * The same for when the start is over, which calls much often that is never called again: to compile all of that well
 * takes 5 MB. Code that runs 80 times a second was compiled well only after minutes: V8 waits for 3,000 calls, and for
 * 500 after it has last learned something of them.
 */
const startedFlags: Flags = new Map([
  ['--invocation-count-for-maglev', '100'],
  ['--invocation-count-for-turbofan', '1000'],
  ['--minimum-invocations-after-ic-update', '100'],
]);

/** Memory that the C library hands out: one pool for all threads, of which one does nearly all the work. */
const startVariables = { MALLOC_ARENA_MAX: '1' } as const;

type Flags = ReadonlyMap<string, string>;

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

/** How V8 gets flags while it runs. */
export interface RunningFlags {
  set(flag: string): void;
  /** Calls back when a start is over. */
  started(callback: () => void): void;
}

/**
 * Gives a process that is to `run` these flags, some by starting it anew. Those that whoever started it gave, as
 * arguments or in NODE_OPTIONS, stay as they are. Where it cannot be started anew, it goes on as it is.
 */
export function withServiceFlags(process: FlaggedProcess, running: RunningFlags): void {
  const { execve, execPath, argv, env } = process;
  if (argv[2] !== 'run') return;
  const missing = missingFlags(startFlags, process);
  if (missing.length > 0 && execve !== undefined && canStart(process)) {
    const args = [argv[0] ?? execPath, ...process.execArgv, ...missing, ...argv.slice(1)];
    execve.call(process, execPath, args, { ...startVariables, ...env });
  }
  const setAll = (flags: Flags) => {
    for (const flag of missingFlags(flags, process)) running.set(flag);
  };
  setAll(anytimeFlags);
  running.started(() => setAll(startedFlags));
}

function missingFlags(flags: Flags, { execArgv, env }: FlaggedProcess): readonly string[] {
  // V8 takes underscores for hyphens.
  const given = `${execArgv.join(' ')} ${env.NODE_OPTIONS ?? ''}`.replaceAll('_', '-');
  return [...flags].filter(([name]) => !given.includes(name)).map(([name, value]) => `${name}=${value}`);
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
