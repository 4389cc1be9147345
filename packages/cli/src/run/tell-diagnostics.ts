import type { LogControl } from '@pewter/runtime';
import type { Diagnostic, Location } from '@pewter/syntax';
import type { Output } from '../host.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { isSecretField } from '../secret-field.ts';

/** Most diagnostics of one load that are logged. */
const most = 100;

/**
 * Says what is wrong with a config that runs: to a person at a terminal with the lines of source, else as lines of the log, one for
 * each, so that what reads a log by its lines can read all of it.
 */
export function tellDiagnostics(
  diagnostics: readonly Diagnostic[],
  host: Output,
  { logger }: Pick<LogControl, 'logger'>,
): void {
  if (host.stderr.terminal === true) {
    printDiagnostics(diagnostics, host, isSecretField);
    return;
  }
  for (const { severity, message, code, location, hint, related = [] } of diagnostics.slice(0, most)) {
    const also = related.map((one) => `${placeText(one)}: ${one.message}`).join('; ') || undefined;
    const fields = { code, ...fileAndLine(location), hint, related: also };
    logger[severity === 'error' ? 'error' : 'warn'](fields, message);
  }
  const more = diagnostics.length - most;
  if (more > 0) logger.warn({ more }, 'there is more to say of this config: `pewter validate` shows all');
}

/** `file:line:column` */
export function placeText({ source, range }: Location): string {
  const { line, column } = source.position(range.start);
  return `${source.name}:${line}:${column}`;
}

function fileAndLine(location: Location | undefined) {
  if (location === undefined) return {};
  return { file: location.source.name, ...location.source.position(location.range.start) };
}
