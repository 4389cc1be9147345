import assert from 'node:assert/strict';
import { type BodySchema, type Decoded, decodeBody, ObjectValue, Scope, type Value } from '@pewter/language';
import { type Block, type Body, blockName, parse, SourceFile } from '@pewter/syntax';

/** What names in a text stand for. */
type Variables = Readonly<Record<string, Value>>;

/** A config text decoded as the body of a component. */
export function decodeText<T>(text: string, schema: BodySchema<T>, variables: Variables = {}): Decoded<T> {
  const source = new SourceFile('config.alloy', text);
  return decodeIn(source, parse(source).file.body, schema, variables);
}

function decodeIn<T>(source: SourceFile, body: Body, schema: BodySchema<T>, variables: Variables): Decoded<T> {
  const place = { source, range: { start: 0, end: 0 }, name: 'component' };
  return decodeBody(body, schema, new Scope(new Map(Object.entries(variables))), place);
}

/** The value of what must decode. */
export function good<T>({ value, diagnostics }: Decoded<T>): T {
  assert.ok(value !== undefined, diagnostics.map(({ message }) => message).join('\n'));
  return value;
}

/** A component of a config text. */
export interface TextComponent {
  readonly name: string;
  readonly label: string;
  decode<T>(schema: BodySchema<T>, variables?: Variables): T;
}

/** The components of a config text, in source order. */
export function componentsOf(text: string): readonly TextComponent[] {
  const source = new SourceFile('config.alloy', text);
  const blocks = parse(source).file.body.filter((statement): statement is Block => statement.kind === 'block');
  return blocks.map((block) => ({
    name: blockName(block),
    label: block.label?.value ?? '',
    decode: (schema, variables = {}) => good(decodeIn(source, block.body, schema, variables)),
  }));
}

/** Nested objects, for references such as `pyroscope.write.out.receiver`. */
export function nest(path: readonly string[], value: Value): Value {
  return path.reduceRight<Value>((inner, name) => new ObjectValue([[name, inner]]), value);
}
