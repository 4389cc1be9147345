import type { Stability } from '@pewter/runtime';
import { sourceFromBytes } from '@pewter/syntax';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { evalScope } from './eval-scope.ts';
import { evaluateText, isBlank } from './evaluate-text.ts';
import { type EvalForm, report } from './report.ts';

/**
 * Evaluates the expression that was given, or each line of standard input (also for `-`, which is no expression); on a terminal, what is
 * typed. Gives the exit status.
 */
export async function evaluateAll(
  expression: string | undefined,
  form: EvalForm,
  stability: Stability,
  host: Host,
): Promise<number> {
  const scope = evalScope(stability, host);
  const isGiven = expression !== undefined && expression !== '-';
  if (expression === undefined && host.inputIsTerminal === true) {
    const { openConsole } = await import('./open-console.ts');
    await openConsole(scope, form, host);
    return exitCode.ok;
  }
  const found = isGiven ? [{ text: expression }] : linesOf(await host.readInput());
  const codes = found.map(({ text, name }) => {
    const evaluated = evaluateText(text, scope, name);
    report[form](evaluated, host);
    return evaluated.value === undefined ? exitCode.failed : exitCode.ok;
  });
  return Math.max(exitCode.ok, ...codes);
}

/** The lines that hold something, named for their numbers. */
function linesOf(input: Uint8Array): { text: string; name?: string }[] {
  const lines = sourceFromBytes('<stdin>', input).text.split(/\r?\n/);
  return lines
    .map((text, index) => ({ text, name: `<stdin line ${index + 1}>` }))
    .filter(({ text }) => !isBlank(text));
}
