import { print, toJson, typeOf } from '@pewter/language';
import { type Diagnostic, renderText } from '@pewter/syntax';
import type { Host } from '../host.ts';
import type { Evaluated } from './evaluate-text.ts';

/** How values and errors are shown. */
export type EvalForm = 'text' | 'json';

/** Writes what became of one expression: values to standard output, errors as text to standard error. */
export const report: Readonly<Record<EvalForm, (evaluated: Evaluated, host: Host) => void>> = {
  text({ value, diagnostics, unread }, host) {
    if (unread)
      host.stderr.write('pewter: the expression ends with its line, and what stands below it is not read\n');
    if (diagnostics.length > 0) host.stderr.write(renderText(diagnostics, { color: host.stderr.colors }));
    if (value !== undefined) host.stdout.write(`${print(value)}\n`);
  },
  json({ text, value, diagnostics }, host) {
    const error = diagnostics.find(({ severity }) => severity === 'error');
    const outcome =
      value === undefined
        ? { type: null, value: null, error: error === undefined ? null : errorJson(error) }
        : { type: typeOf(value), value: toJson(value), error: null };
    host.stdout.write(`${JSON.stringify({ expr: text, ...outcome })}\n`);
  },
};

/** Lines and columns count from 1; the end is behind the last character. */
function errorJson({ code, message, hint, location }: Diagnostic) {
  const place = (offset: number) => location?.source.position(offset);
  const range = location && { start: place(location.range.start), end: place(location.range.end) };
  return { code, message, ...(hint !== undefined && { hint }), ...(range !== undefined && { range }) };
}
