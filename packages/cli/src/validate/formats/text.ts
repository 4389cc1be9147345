import type { Diagnostic } from '@pewter/syntax';
import type { Output } from '../../host.ts';
import { plural, printDiagnostics } from '../../print-diagnostics.ts';
import { isSecretField } from '../../secret-field.ts';
import type { FileResult, Report } from '../report.ts';
import type { Reporter } from './reporter.ts';
import { summaryLine } from './summary.ts';

/** So many errors, and so many warnings, of one file are read; more come of what is no config at all. */
const enough = 20;

/** For people: each finding with its lines of source on standard error, a summary on standard output. */
export const reportText: Reporter = (report, output) => {
  for (const result of report.results) reportFile(result, report.all, output);
  if (output.stderr.terminal === true) output.stderr.write(helpLine(report));
  output.stdout.write(summaryLine(report));
};

function reportFile({ file, diagnostics }: FileResult, all: boolean, output: Output): void {
  const found = diagnostics.filter(({ code }) => code !== 'E0901');
  const shown = all ? found : firstOf(found);
  printDiagnostics(shown, output, isSecretField);
  const rest = found.length - shown.length;
  if (rest > 0) output.stderr.write(`… and ${plural(rest, 'more finding')} in ${file}; --all shows them\n`);
  for (const { code, message } of diagnostics) {
    if (code === 'E0901') output.stderr.write(`pewter: ${message}\n`);
  }
}

/** The first errors and the first warnings, in their order. */
function firstOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const counts = { error: 0, warning: 0 };
  return diagnostics.filter(({ severity }) => ++counts[severity] <= enough);
}

/** How to go on from here, told once; empty where nothing was found. */
function helpLine({ results }: Report): string {
  const found = results.flatMap(({ diagnostics }) => diagnostics);
  const [first] = found;
  if (first === undefined) return '';
  const about = `\`pewter docs ${first.code}\` tells more of a code`;
  const warning = found.find(({ severity }) => severity === 'warning');
  if (warning === undefined) return `${about}\n`;
  return `${about}, \`--lint ${warning.code}=off\` or a comment \`// pewter:ignore ${warning.code}\` turns a warning off\n`;
}
