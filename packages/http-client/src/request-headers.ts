import type { HttpClientArguments } from './http-client-schema.ts';
import { credentialHeaders, type Step } from './redirect.ts';

/** Header fields as they are sent; names in lower case. */
export type HeaderFields = Readonly<Record<string, string | readonly string[]>>;

/** They belong to one connection or to the length of a message, which are not for users to tell. */
const connectionHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What is known of a request before the headers of its caller. */
export interface RequestDefaults {
  readonly userAgent: string;
  /** Undefined for none. */
  readonly authorization: string | undefined;
  readonly extra: HttpClientArguments['http_headers'];
}

/**
 * All headers of one request: those of its caller before the credentials of the arguments, and `http_headers` in
 * addition to both, as in Go, where what is added never takes the place of what is there.
 */
export function requestHeaders(
  step: Step,
  { userAgent, authorization, extra }: RequestDefaults,
): HeaderFields {
  const fields = new Map<string, readonly string[]>([['user-agent', [userAgent]]]);
  if (authorization !== undefined) fields.set('authorization', [authorization]);
  for (const [name, value] of Object.entries(step.headers)) fields.set(name.toLowerCase(), [value].flat());
  for (const [name, secrets] of extra ?? []) {
    const lower = name.toLowerCase();
    if (step.foreign && credentialHeaders.has(lower)) continue;
    fields.set(lower, [...(fields.get(lower) ?? []), ...secrets.map((secret) => secret.reveal())]);
  }
  return Object.fromEntries(
    [...fields]
      .filter(([name, values]) => values.length > 0 && !connectionHeaders.has(name))
      .map(([name, values]) => [name, values.length === 1 ? inUtf8(values[0] ?? '') : values.map(inUtf8)]),
  );
}

/** Header values are bytes; Node takes each character of one for a byte. */
function inUtf8(value: string): string {
  return /^[\x20-\x7e]*$/.test(value) ? value : Buffer.from(value).toString('latin1');
}
