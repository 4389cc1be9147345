import { type Diagnostic, renderText, type SecretField, summary } from '@pewter/syntax';
import type { Output } from './host.ts';

/** Shows diagnostics on standard error, with their places in the text; `isSecret` says what must not be shown besides what its name tells. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  { stderr }: Output,
  isSecret?: SecretField,
): void {
  if (diagnostics.length > 0) stderr.write(renderText(diagnostics, { color: stderr.colors, isSecret }));
}

/** `1 error, 2 warnings`; `no errors` where there is neither. */
export function countText(diagnostics: readonly Diagnostic[]): string {
  return summary(diagnostics) || 'no errors';
}

/** `1 file`, `2 files` */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
