import { namedLints } from '@pewter/lint';
import { docFile } from './doc-file.ts';

/** A page that is not about a component or block: what a diagnostic means, what a function gives. */
export interface OtherPage {
  readonly name: string;
  readonly kind: 'diagnostic' | 'function';
  readonly text: string;
}

/** The page of a diagnostic's code, of the name of a warning, or of a function; undefined where the name is none of these. */
export function otherPage(name: string): OtherPage | undefined {
  const code = namedLints.find((lint) => lint.name === name)?.code ?? name.toUpperCase();
  return diagnosticPage(code) ?? functionPage(name);
}

/** The section of docs/diagnostics.md on a code. */
function diagnosticPage(code: string): OtherPage | undefined {
  if (!/^[EW]\d{4}$/.test(code)) return undefined;
  const section = docFile('diagnostics.md')
    .split(/^##+ /m)
    .find((one) => one.startsWith(`${code} `));
  if (section === undefined) return undefined;
  const text = section
    .trim()
    .replaceAll(/^```alloy\n([\s\S]*?)^```$/gm, (_, example: string) =>
      example.trimEnd().replaceAll(/^(?=.)/gm, '  '),
    );
  return { name: code, kind: 'diagnostic', text };
}

/** The names of functions, by the table of docs/language.md. */
export function functionNames(): readonly string[] {
  return functionRows().map(({ name }) => name);
}

function functionPage(name: string): OtherPage | undefined {
  const row = functionRows().find((one) => one.name === name);
  return row === undefined ? undefined : { name, kind: 'function', text: `${row.usage}\n  ${row.gives}` };
}

function functionRows() {
  const rows = docFile('language.md').matchAll(/^\| `(([a-z][\w.]*)(?:\([^`]*\))?)` \| (.*) \|$/gm);
  return [...rows].map(([, usage = '', name = '', gives = '']) => ({
    usage,
    name,
    gives: gives.replaceAll('`', ''),
  }));
}
