import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic, Related } from '@pewter/syntax';
import { codeTitles } from '../../code-titles.ts';
import { version } from '../../version.ts';
import { plainDiagnostic } from '../plain-diagnostic.ts';
import type { Report } from '../report.ts';
import type { Reporter } from './reporter.ts';
import { summaryLine } from './summary.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** SARIF 2.1.0, which GitHub code scanning and editors read. */
export const reportSarif: Reporter = (report, { stdout, stderr }) => {
  const log = { $schema: schema, version: '2.1.0', runs: [run(report)] };
  stdout.write(`${JSON.stringify(log, null, 2)}\n`);
  stderr.write(summaryLine(report));
};

function run({ results, unreadable }: Report) {
  const found = results.flatMap(({ file, diagnostics }) => diagnostics.map((one) => ({ one, file })));
  const codes = [...new Set(found.map(({ one }) => one.code))].sort();
  const rules = codes.map((id) => ({ id, shortDescription: { text: codeTitles[id] ?? id } }));
  return {
    tool: { driver: { name: 'pewter', version, rules } },
    columnKind: 'unicodeCodePoints',
    invocations: [{ executionSuccessful: unreadable === 0 }],
    artifacts: results.map(({ file }) => ({ location: { uri: uriOf(file) } })),
    results: found.map(({ one, file }) => result(one, file, codes.indexOf(one.code))),
  };
}

function result(diagnostic: Diagnostic, file: string, ruleIndex: number) {
  const plain = plainDiagnostic(diagnostic, file);
  const { code, severity, message, hint } = plain;
  const related = (diagnostic.related ?? []).map((one, id) => relatedLocation(one, id));
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: hint === null ? message : `${message}\n${hint}` },
    locations: [{ physicalLocation: physicalLocation(plain.file, plain.range) }],
    ...(related.length > 0 && { relatedLocations: related }),
  };
}

function relatedLocation(related: Related, id: number) {
  const { source, range, message } = related;
  const places = { start: source.position(range.start), end: source.position(range.end) };
  return { id, message: { text: message }, physicalLocation: physicalLocation(source.name, places) };
}

type Places = ReturnType<typeof plainDiagnostic>['range'];

function physicalLocation(file: string, { start, end }: Places) {
  const region = {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
  return { artifactLocation: { uri: uriOf(file) }, region };
}

/** Relative to where the program was started, where the path is. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
