import { plainDiagnostic } from '../plain-diagnostic.ts';
import type { Reporter } from './reporter.ts';

/** The version of the form; docs/validate-report.schema.json describes it. Fields may be added within one version. */
const version = 1;

/** For programs, by a schema of our own. */
export const reportJson: Reporter = ({ results }, { stdout }) => {
  const plain = results.map(({ file, ok, diagnostics }) => ({
    file,
    ok,
    diagnostics: diagnostics.map((one) => plainDiagnostic(one, file)),
  }));
  stdout.write(`${JSON.stringify({ version, results: plain }, null, 2)}\n`);
};
