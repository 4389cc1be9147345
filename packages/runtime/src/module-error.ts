import type { Diagnostic, Location } from '@pewter/syntax';

/** A module that cannot take effect; the diagnostics say why, at their places in its text. */
export class ModuleError extends Error {
  override readonly name = 'ModuleError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(describe(diagnostics.find((one) => one.severity === 'error')));
    this.diagnostics = diagnostics;
  }
}

/** A diagnostic on one line, with its place and the way that leads there: what uses the module, what imports it. */
export function describe(diagnostic: Diagnostic | undefined): string {
  if (diagnostic === undefined) return 'the module cannot be used';
  const { message, location, related = [] } = diagnostic;
  if (location === undefined) return message;
  const way = related.map((one) => `${one.message} (${placeText(one)})`);
  return [`${placeText(location)}: ${message}`, ...way].join('; ');
}

function placeText({ source, range }: Location): string {
  const { line, column } = source.position(range.start);
  return `${source.name}:${line}:${column}`;
}
