import type { SourceFile } from '@pewter/syntax';
import { CommandError, systemReason } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Output } from '../host.ts';
import { writeAtomic } from '../write-atomic.ts';

/** What becomes of the formatted text. */
export type FormatMode = 'print' | 'write' | 'check' | 'diff';

/** What became of one file: it was formatted before, it was not, it does not parse, it cannot be read or written. */
export type Outcome = 'fine' | 'changed' | 'wrong' | 'unusable';

/** Brings the formatted text to where it belongs. `write` rejects with {@link CommandError}. */
export const deliveries: Readonly<
  Record<FormatMode, (source: SourceFile, text: string, output: Output) => void | Promise<void>>
> = {
  print(_source, text, output) {
    output.stdout.write(text);
  },
  check({ name }, _text, output) {
    output.stderr.write(`${name} is not formatted\n`);
  },
  async diff(source, text, output) {
    const { unifiedDiff } = await import('./unified-diff.ts');
    output.stdout.write(unifiedDiff(source.name, source.text, text, output.stdout.colors));
  },
  async write({ name }, text, output) {
    try {
      await writeAtomic(name, text);
      output.stderr.write(`formatted ${name}\n`);
    } catch (error) {
      const message = `cannot write ${name}: ${systemReason(error)}`;
      throw new CommandError(message, exitCode.unusable, { cause: error });
    }
  },
};

/** `12 files: 3 formatted, 1 with errors` */
export function outcomeText(outcomes: readonly Outcome[], mode: FormatMode): string {
  const words: Readonly<Record<Outcome, string>> = {
    changed: mode === 'write' ? 'formatted' : 'not formatted',
    wrong: 'with errors',
    unusable: 'not readable or writable',
    fine: mode === 'write' ? 'left as they were' : 'formatted',
  };
  const counts = (['changed', 'wrong', 'unusable', 'fine'] as const)
    .map((outcome) => ({ outcome, count: outcomes.filter((one) => one === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${words[outcome]}`);
  return `${outcomes.length} files: ${counts.join(', ')}`;
}
