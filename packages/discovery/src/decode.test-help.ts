import assert from 'node:assert/strict';
import { type BodySchema, type Decoded, decodeBody, Scope, type Value } from '@pewter/language';
import { parse, SourceFile } from '@pewter/syntax';

/** What names in a text stand for. */
type Variables = Readonly<Record<string, Value>>;

/** A config text decoded as the body of a component. */
export function decodeText<T>(text: string, schema: BodySchema<T>, variables: Variables = {}): Decoded<T> {
  const source = new SourceFile('config.alloy', text);
  const place = { source, range: { start: 0, end: 0 }, name: 'component' };
  const { file, diagnostics } = parse(source);
  if (diagnostics.length > 0) return { diagnostics };
  return decodeBody(file.body, schema, new Scope(new Map(Object.entries(variables))), place);
}

/** The arguments that a text decodes to; fails the test with what is wrong with it. */
export function argumentsFrom<T>(text: string, schema: BodySchema<T>, variables: Variables = {}): T {
  const { value, diagnostics } = decodeText(text, schema, variables);
  assert.ok(value !== undefined, diagnostics.map(({ message }) => message).join('\n'));
  return value;
}

/** What is said of a text that does not decode. */
export function problemsOf(text: string, schema: BodySchema, variables: Variables = {}): readonly string[] {
  return decodeText(text, schema, variables).diagnostics.map(({ message }) => message);
}
