import { type Diagnostic, renderText } from '@pewter/syntax';
import { isSecretField } from '../../secret-field.ts';
import type { FileResult } from '../report.ts';
import type { Reporter } from './reporter.ts';
import { summaryLine } from './summary.ts';
import { xmlAttributes, xmlText } from './xml.ts';

/** JUnit's XML, which GitLab and Jenkins show: each file is a test; warnings that are not denied are its output. */
export const reportJunit: Reporter = (report, { stdout, stderr }) => {
  const { results } = report;
  const counts = {
    tests: results.length,
    failures: results.filter(({ ok, diagnostics }) => !ok && !isUnreadable(diagnostics)).length,
    errors: results.filter(({ diagnostics }) => isUnreadable(diagnostics)).length,
  };
  const suite = `  <testsuite${xmlAttributes({ name: 'pewter validate', ...counts })}>\n${results.map(testCase).join('')}  </testsuite>\n`;
  stdout.write(`<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suite}</testsuites>\n`);
  stderr.write(summaryLine(report));
};

function testCase({ file, ok, diagnostics }: FileResult): string {
  const open = `    <testcase${xmlAttributes({ classname: 'pewter.validate', name: file, file })}`;
  if (diagnostics.length === 0) return `${open}/>\n`;
  const [first] = diagnostics;
  const text = xmlText(renderText(diagnostics, { color: false, isSecret: isSecretField }));
  if (ok) return `${open}>\n      <system-out>${text}</system-out>\n    </testcase>\n`;
  const what = isUnreadable(diagnostics) ? 'error' : 'failure';
  const about = xmlAttributes({ type: first?.code ?? '', message: first?.message ?? '' });
  return `${open}>\n      <${what}${about}>${text}</${what}>\n    </testcase>\n`;
}

function isUnreadable(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code }) => code === 'E0901');
}
