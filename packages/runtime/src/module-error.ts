import type { Diagnostic } from '@pewter/syntax';

/** A module that cannot take effect; the diagnostics say why, at their places in its text. */
export class ModuleError extends Error {
  override readonly name = 'ModuleError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(describe(diagnostics.find((one) => one.severity === 'error')));
    this.diagnostics = diagnostics;
  }
}

/** A diagnostic on one line, with its place. */
export function describe(diagnostic: Diagnostic | undefined): string {
  if (diagnostic === undefined) return 'the module cannot be used';
  const { message, location } = diagnostic;
  if (location === undefined) return message;
  const { line, column } = location.source.position(location.range.start);
  return `${location.source.name}:${line}:${column}: ${message}`;
}
