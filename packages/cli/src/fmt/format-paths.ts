import { format, hasErrors, parse, renderText, SourceFile } from '@pewter/syntax';
import { CommandError, systemReason } from '../command-error.ts';
import { findFiles, readSource } from '../config-files.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { writeAtomic } from '../write-atomic.ts';

/** What becomes of the formatted text. */
export type FormatMode = 'print' | 'write' | 'check';

/** Formats files, directories and (`-`) standard input; gives the exit status. */
export async function formatPaths(paths: readonly string[], mode: FormatMode, host: Host): Promise<number> {
  const sources = paths.includes('-') ? [await readStdin(paths, mode, host)] : await readFiles(paths, mode);
  const codes: number[] = [];
  for (const source of sources) codes.push(await formatOne(source, mode, host));
  return Math.max(exitCode.ok, ...codes);
}

async function readStdin(paths: readonly string[], mode: FormatMode, host: Host): Promise<SourceFile> {
  if (paths.length > 1) throw unusable('standard input (-) cannot be formatted together with files');
  if (mode === 'write') throw unusable('--write needs files: standard input cannot be written back');
  return new SourceFile('<stdin>', await host.readInput());
}

async function readFiles(paths: readonly string[], mode: FormatMode): Promise<SourceFile[]> {
  const files = await findFiles(paths);
  if (files.length === 0) throw unusable(`no *.alloy files in ${paths.join(', ')}`);
  if (mode === 'print' && files.length > 1) {
    throw unusable(`${files.length} files would be printed as one text: give --write or --check`);
  }
  return Promise.all(files.map(readSource));
}

async function formatOne(source: SourceFile, mode: FormatMode, host: Host): Promise<number> {
  const { file, diagnostics } = parse(source);
  if (hasErrors(diagnostics)) {
    host.stderr.write(renderText(diagnostics, { color: host.stderr.colors }));
    return exitCode.failed;
  }
  return outcomes[mode](source, format(file), host);
}

const outcomes: Readonly<
  Record<FormatMode, (source: SourceFile, text: string, host: Host) => number | Promise<number>>
> = {
  print(_source, text, host) {
    host.stdout.write(text);
    return exitCode.ok;
  },
  check(source, text, host) {
    if (source.text === text) return exitCode.ok;
    host.stderr.write(`${source.name} is not formatted\n`);
    return exitCode.failed;
  },
  async write(source, text, host) {
    if (source.text === text) return exitCode.ok;
    try {
      await writeAtomic(source.name, text);
      host.stderr.write(`formatted ${source.name}\n`);
      return exitCode.ok;
    } catch (error) {
      throw new CommandError(`cannot write ${source.name}: ${systemReason(error)}`, exitCode.unusable, {
        cause: error,
      });
    }
  },
};

function unusable(message: string): CommandError {
  return new CommandError(message, exitCode.unusable);
}
