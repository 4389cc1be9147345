import { decodeBody, standardLibrary } from '@pewter/language';
import type { ImportDefinition } from '@pewter/runtime';
import { hasErrors, parse, SourceFile } from '@pewter/syntax';

/** Arguments from the text of a body. Throws with the codes where it is wrong. */
export function decoded(definition: ImportDefinition, text: string): unknown {
  const source = new SourceFile('config.alloy', text);
  const { file, diagnostics: syntax } = parse(source);
  const scope = standardLibrary({ stability: 'experimental' });
  const place = { source, range: { start: 0, end: 0 }, name: definition.name };
  const { value, diagnostics } = decodeBody(file.body, definition.arguments, scope, place);
  const all = [...syntax, ...diagnostics];
  if (hasErrors(all)) throw new Error(all.map(({ code, message }) => `${code} ${message}`).join('; '));
  return value;
}
