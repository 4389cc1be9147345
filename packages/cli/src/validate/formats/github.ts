import { plainDiagnostic } from '../plain-diagnostic.ts';
import type { Reporter } from './reporter.ts';
import { summaryLine } from './summary.ts';

/** Workflow commands, which GitHub Actions shows as annotations of the changed lines. */
export const reportGithub: Reporter = (report, { stdout }) => {
  for (const { file, diagnostics } of report.results) {
    for (const diagnostic of diagnostics) stdout.write(command(plainDiagnostic(diagnostic, file)));
  }
  stdout.write(summaryLine(report));
};

function command({ code, severity, message, hint, file, range }: ReturnType<typeof plainDiagnostic>): string {
  const { start, end } = range;
  const sameLine = start.line === end.line;
  const properties = {
    file,
    line: start.line,
    endLine: end.line,
    // GitHub takes columns only for what is on one line, and both ends belong to it.
    ...(sameLine && { col: start.column, endColumn: Math.max(start.column, end.column - 1) }),
    title: code,
  };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${severity} ${written.join(',')}::${data(hint === null ? message : `${message}\n${hint}`)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
