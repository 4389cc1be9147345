import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgramOptions, ProgramResult, Programs } from './outside.ts';

const mostOutput = 1 << 20;

/** The programs of the machine, found by its search path. */
export const realPrograms: Programs = {
  async run(program, args, options) {
    const folder = await privateFolder(options.privateFiles ?? {});
    try {
      return await runToEnd(program, args, options, folder ?? '');
    } finally {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }
  },
};

/** A folder of its own that no other user can look into; none where nothing is to be in it. */
async function privateFolder(files: Readonly<Record<string, string>>): Promise<string | undefined> {
  const entries = Object.entries(files);
  if (entries.length === 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'pewter-'));
  try {
    for (const [name, content] of entries) await writeFile(join(folder, name), content, { mode: 0o700 });
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function runToEnd(
  program: string,
  args: readonly string[],
  { environment, signal, timeoutMs }: ProgramOptions,
  folder: string,
): Promise<ProgramResult> {
  const env = { ...process.env, ...environment?.(folder) };
  const { promise, resolve, reject } = Promise.withResolvers<ProgramResult>();
  const settings = { env, signal, timeout: timeoutMs, maxBuffer: mostOutput };
  const child = execFile(program, args, settings, (error, stdout, stderr) => {
    // A number is the program's own exit status; all else kept it from ending by itself.
    if (error === null) resolve({ status: 0, stdout, stderr });
    else if (typeof error.code === 'number') resolve({ status: error.code, stdout, stderr });
    else reject(failureOf(program, error, timeoutMs));
  });
  child.stdin?.end();
  return promise;
}

/** Node's error names the whole command line; ours only the program. */
function failureOf(program: string, error: Error & { code?: unknown; killed?: boolean }, timeoutMs: number) {
  if (error.code === 'ENOENT') return new Error(`the program \`${program}\` is not installed here`);
  if (error.code === 'ABORT_ERR') return new Error(`\`${program}\` was cancelled`);
  if (error.killed === true) return new Error(`\`${program}\` did not end within ${timeoutMs / 1_000} s`);
  return new Error(`\`${program}\` cannot be run: ${String(error.code ?? 'ended by a signal')}`);
}
