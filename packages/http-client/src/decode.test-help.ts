import assert from 'node:assert/strict';
import { body, decodeBody, Scope } from '@pewter/language';
import { parse, SourceFile } from '@pewter/syntax';
import { httpClientRules, oneAuthentication } from './http-client-rules.ts';
import { type HttpClientArguments, httpClientFields } from './http-client-schema.ts';

const schema = body(httpClientFields, [...httpClientRules, oneAuthentication]);

function decode(text: string) {
  const source = new SourceFile('client.alloy', text);
  const place = { source, range: { start: 0, end: 0 }, name: 'client' };
  return decodeBody(parse(source).file.body, schema, new Scope(new Map()), place, { checking: true });
}

/** The arguments of a client as a user writes them. */
export function argumentsFrom(text: string): HttpClientArguments {
  const { value, diagnostics } = decode(text);
  assert.ok(value !== undefined, diagnostics.map(({ message }) => message).join('\n'));
  return value;
}

/** Code and message of everything that is wrong with them. */
export function problemsOf(text: string): readonly string[] {
  return decode(text).diagnostics.map(({ code, message }) => `${code} ${message}`);
}
