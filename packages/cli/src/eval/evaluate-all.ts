import type { Stability } from '@pewter/runtime';
import { sourceFromBytes } from '@pewter/syntax';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { evalScope } from './eval-scope.ts';
import { evaluateText } from './evaluate-text.ts';
import { type EvalForm, report } from './report.ts';

/**
 * Evaluates the expression that was given, or each line of standard input; on a terminal, what is typed. Gives
 * the exit status.
 */
export async function evaluateAll(
  expression: string | undefined,
  form: EvalForm,
  stability: Stability,
  host: Host,
): Promise<number> {
  const scope = evalScope(stability, host);
  if (expression === undefined && host.inputIsTerminal === true) {
    const { openConsole } = await import('./open-console.ts');
    await openConsole(scope, form, host);
    return exitCode.ok;
  }
  const texts =
    expression === undefined
      ? linesOf(sourceFromBytes('<stdin>', await host.readInput()).text)
      : [expression];
  const codes = texts.map((text) => {
    const evaluated = evaluateText(text, scope);
    report[form](evaluated, host);
    return evaluated.value === undefined ? exitCode.failed : exitCode.ok;
  });
  return Math.max(exitCode.ok, ...codes);
}

/** The lines that hold something. */
function linesOf(input: string): string[] {
  return input.split(/\r?\n/).filter((line) => line.trim() !== '');
}
