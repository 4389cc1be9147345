import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './files.ts';
import { Journal } from './journal.ts';

/** How a process ended. */
export interface Exit {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process with its output, line by line. */
export interface RunningProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly stdout: Journal<string>;
  readonly stderr: Journal<string>;
  readonly exited: Promise<Exit>;
  /** Asks it to end with SIGTERM and waits for it; kills it after ten seconds. */
  stop(): Promise<Exit>;
}

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads on its standard input, which then ends; undefined: nothing. */
  readonly stdin?: string;
  /** Leaves the standard input open, for the test to write to. */
  readonly keepStdin?: boolean;
}

const main = join(root, 'packages', 'cli', 'src', 'main.ts');
// Child processes of the test runner report to it where they inherit this; the program under test must not.
const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
/** Compiled code is kept in the checkout: what a test starts leaves nothing in the folders of the user. */
const compileCache = join(root, 'node_modules', '.cache', 'pewter');

/** The command that runs the sources, with the Node that runs the tests. */
export const pewterSources: readonly [string, ...string[]] = [process.execPath, main];

/** Starts `pewter ARGS…` with the Node that runs the tests. */
export function spawnPewter(args: readonly string[], options: ProcessOptions = {}): RunningProcess {
  return spawnNode([main, ...args], options);
}

/** Starts `node ARGS…`. */
export function spawnNode(args: readonly string[], options: ProcessOptions = {}): RunningProcess {
  return spawnProgram([process.execPath, ...args], options);
}

/** Starts any program. */
export function spawnProgram(
  [program, ...args]: readonly [string, ...string[]],
  options: ProcessOptions = {},
): RunningProcess {
  const child = spawn(program, args, {
    cwd: options.cwd ?? root,
    env: { NODE_COMPILE_CACHE: compileCache, ...inherited, NO_COLOR: '1', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  if (!options.keepStdin) child.stdin.end(options.stdin ?? '');
  const stdout = linesOf(child.stdout);
  const stderr = linesOf(child.stderr);
  const exited = once(child, 'close').then(([status, signal]): Exit => ({ status, signal }));
  const stop = () => stopProcess(child, exited);
  return { child, stdout, stderr, exited, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}

async function stopProcess(child: ChildProcess, exited: Promise<Exit>): Promise<Exit> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), 10_000);
  const exit = await exited;
  clearTimeout(kill);
  return exit;
}

function linesOf(stream: NodeJS.ReadableStream): Journal<string> {
  const journal = new Journal<string>();
  createInterface({ input: stream }).on('line', (line) => journal.add(line));
  return journal;
}

/** What a finished `pewter ARGS…` left behind. */
export interface Finished extends Exit {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `pewter ARGS…` to its end. */
export function runPewter(args: readonly string[], options: ProcessOptions = {}): Promise<Finished> {
  return finish(spawnPewter(args, options));
}

/** Runs `node ARGS…` to its end, or until it has logged what `endAfter` matches. */
export async function runNode(args: readonly string[], endAfter?: RegExp): Promise<Finished> {
  const running = spawnNode(args);
  if (endAfter !== undefined) {
    const logged = running.stderr.until((lines) => lines.some((line) => endAfter.test(line)), `${endAfter}`);
    await Promise.race([running.exited, logged]);
    running.child.kill('SIGTERM');
  }
  return finish(running);
}

async function finish(started: RunningProcess): Promise<Finished> {
  await using running = started;
  const exit = await running.exited;
  const text = ({ entries }: Journal<string>) => entries.map((line) => `${line}\n`).join('');
  return { ...exit, stdout: text(running.stdout), stderr: text(running.stderr) };
}
