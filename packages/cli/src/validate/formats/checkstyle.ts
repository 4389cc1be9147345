import { plainDiagnostic } from '../plain-diagnostic.ts';
import type { Reporter } from './reporter.ts';
import { summaryLine } from './summary.ts';
import { xmlAttributes } from './xml.ts';

/** The XML of Checkstyle, which reviewdog and most review bots read. */
export const reportCheckstyle: Reporter = (report, { stdout, stderr }) => {
  const files = report.results.map(({ file, diagnostics }) => {
    const errors = diagnostics.map((one) => errorElement(plainDiagnostic(one, file)));
    return `  <file${xmlAttributes({ name: file })}>\n${errors.join('')}  </file>\n`;
  });
  stdout.write(
    `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.join('')}</checkstyle>\n`,
  );
  stderr.write(summaryLine(report));
};

function errorElement({ code, severity, message, hint, range }: ReturnType<typeof plainDiagnostic>): string {
  const { line, column } = range.start;
  const text = hint === null ? message : `${message}; ${hint}`;
  return `    <error${xmlAttributes({ line, column, severity, message: text, source: `pewter.${code}` })}/>\n`;
}
