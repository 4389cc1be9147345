import { printDiagnostics } from '../../print-diagnostics.ts';
import type { Reporter } from './format.ts';
import { summaryLine } from './summary.ts';

/** For people: each finding with its lines of source on standard error, a summary on standard output. */
export const reportText: Reporter = (report, output) => {
  for (const { diagnostics } of report.results) {
    printDiagnostics(
      diagnostics.filter(({ code }) => code !== 'E0901'),
      output,
    );
    for (const { code, message } of diagnostics) {
      if (code === 'E0901') output.stderr.write(`pewter: ${message}\n`);
    }
  }
  output.stdout.write(summaryLine(report));
};
