import { accessSync, constants } from 'node:fs';

/**
 * Flags of Node for a process that serves for weeks beside others, which it takes only at its start; docs/performance.md
 * has what they are worth. V8 takes two to three times 32 MiB for its young generation otherwise, and each of its four
 * threads keeps memory that it once needed to compile.
 */
const startFlags: readonly string[] = ['--max-semi-space-size=4', '--v8-pool-size=1'];

/** Flags of V8 for when the start is over, which calls much often that is never called again. */
const startedFlags: readonly string[] = [
  // Code that runs 80 times a second was compiled well only after minutes: V8 waits for 3,000 calls, and for 500 after it
  // has last learned something of them. From the start on, all that is compiled takes 5 MB more.
  '--invocation-count-for-maglev=100',
  '--invocation-count-for-turbofan=1000',
  '--minimum-invocations-after-ic-update=100',
  // V8 makes an object old at once where most of those made in the same place became old, as they do in the bursts of a
  // start. Every profile that such an object referred to lived until the whole heap was marked: with thousands of targets
  // each second, in three of four processes.
  '--no-allocation-site-pretenuring',
  // The heap is marked when it holds half as much again as what lives; V8 would take more memory than that gains time.
  '--heap-growing-percent=50',
];

/** Memory that the C library hands out: one pool for all threads, of which one does nearly all the work. */
const startVariables = { MALLOC_ARENA_MAX: '1' } as const;

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

/** V8 while it runs. Before a start is over it gets no flag: with others, it would not take the compiled code that is kept. */
export interface RunningV8 {
  /** Gives it a flag that it heeds at any time; of one that it does not know it only says so. */
  set(flag: string): void;
  /** Calls back when a start is over. */
  started(callback: () => void): void;
}

/**
 * Gives a process that is to `run` these flags, some by starting it anew. Those that whoever started it gave, as
 * arguments or in NODE_OPTIONS, stay as they are. Where it cannot be started anew, it goes on as it is.
 */
export function withNodeFlags(process: FlaggedProcess, v8: RunningV8): void {
  const { execve, execPath, argv, env } = process;
  if (argv[2] !== 'run') return;
  const missing = missingFlags(startFlags, process);
  if (missing.length > 0 && execve !== undefined && canStart(process)) {
    const args = [argv[0] ?? execPath, ...process.execArgv, ...missing, ...argv.slice(1)];
    execve.call(process, execPath, args, { ...startVariables, ...env });
  }
  v8.started(() => {
    for (const flag of missingFlags(startedFlags, process)) v8.set(flag);
  });
}

function missingFlags(flags: readonly string[], process: FlaggedProcess): readonly string[] {
  return flags.filter((flag) => !isGiven(flag, process));
}

/** Whether the flag is given with any value. */
function isGiven(flag: string, { execArgv, env }: FlaggedProcess): boolean {
  const name = flag.replace(/^--(no-)?/, '').replace(/=.*/, '');
  // V8 takes underscores for hyphens.
  return `${execArgv.join(' ')} ${env.NODE_OPTIONS ?? ''}`.replaceAll('_', '-').includes(name);
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
