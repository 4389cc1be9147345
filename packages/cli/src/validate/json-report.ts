import type { Diagnostic, Location } from '@pewter/syntax';

/** Diagnostics of one config, as plain data: places as lines and columns from 1. */
export function jsonReport(path: string, diagnostics: readonly Diagnostic[]) {
  return { path, diagnostics: diagnostics.map(plainDiagnostic) };
}

function plainDiagnostic({ severity, code, message, location, hint, related }: Diagnostic) {
  return {
    severity,
    code,
    message,
    ...(location && place(location)),
    ...(hint !== undefined && { hint }),
    ...(related && { related: related.map((one) => ({ message: one.message, ...place(one) })) }),
  };
}

function place({ source, range }: Location) {
  return { file: source.name, start: source.position(range.start), end: source.position(range.end) };
}
