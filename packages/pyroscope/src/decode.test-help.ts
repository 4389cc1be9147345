import assert from 'node:assert/strict';
import { type BodySchema, type Decoded, type DecodeOptions, decodeBody, Scope } from '@pewter/language';
import { parse, SourceFile } from '@pewter/syntax';

/** A config text decoded as the body of a component. */
export function decodeText<T>(text: string, schema: BodySchema<T>, options: DecodeOptions = {}): Decoded<T> {
  const source = new SourceFile('config.alloy', text);
  const place = { source, range: { start: 0, end: 0 }, name: 'component' };
  return decodeBody(parse(source).file.body, schema, new Scope(new Map()), place, options);
}

/** The value of what must decode. */
export function good<T>({ value, diagnostics }: Decoded<T>): T {
  assert.ok(value !== undefined, diagnostics.map(({ message }) => message).join('\n'));
  return value;
}
