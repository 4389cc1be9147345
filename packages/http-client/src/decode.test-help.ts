import assert from 'node:assert/strict';
import { body, decodeBody, Scope } from '@pewter/language';
import { parse, SourceFile } from '@pewter/syntax';
import { httpClientRules, lenientHttpClientRules, oneAuthentication } from './http-client-rules.ts';
import { type HttpClientArguments, httpClientFields } from './http-client-schema.ts';

const strict = body(httpClientFields, [...httpClientRules, oneAuthentication]);

/** As components have it that take more than one way to authenticate. */
export const lenient = body(httpClientFields, [...lenientHttpClientRules]);

/** The arguments, or what is wrong with them. */
export function decoded(text: string, schema = strict) {
  const source = new SourceFile('client.alloy', text);
  const place = { source, range: { start: 0, end: 0 }, name: 'client' };
  return decodeBody(parse(source).file.body, schema, new Scope(new Map()), place, { checking: true });
}

/** The arguments of a client as a user writes them. */
export function argumentsFrom(text: string, schema = strict): HttpClientArguments {
  const { value, diagnostics } = decoded(text, schema);
  assert.ok(value !== undefined, diagnostics.map(({ message }) => message).join('\n'));
  return value;
}

/** Code and message of everything that is wrong with them. */
export function problemsOf(text: string): readonly string[] {
  return decoded(text).diagnostics.map(({ code, message }) => `${code} ${message}`);
}
