import { bytesFromText } from '@pewter/language';
import { urlCredentials } from './credentials.ts';
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

/** They have one value, which the client or the caller of a request gives. */
const singleHeaders: ReadonlySet<string> = new Set(['host', 'user-agent']);

/** What is the same for all requests of a client. */
export interface RequestDefaults {
  readonly userAgent: string;
  readonly extra: HttpClientArguments['http_headers'];
}

/** Makes the headers of one client's requests. */
export class RequestHeaders {
  readonly #defaults: RequestDefaults;
  /** Of requests for which only what their caller gives is special, by that: many of them share it. */
  readonly #usual = new WeakMap<Step['headers'], HeaderFields>();

  constructor(defaults: RequestDefaults) {
    this.#defaults = defaults;
  }

  /**
   * The headers of one request but for the credentials of the arguments: those of its caller before what its URL makes,
   * and `http_headers` in addition to both, as in Go, where what is added never takes the place of what is there.
   */
  of(step: Step): HeaderFields {
    if (step.foreign || step.referer !== undefined || step.url.includes('@')) return this.#make(step);
    const known = this.#usual.get(step.headers);
    if (known !== undefined) return known;
    const made = this.#make(step);
    this.#usual.set(step.headers, made);
    return made;
  }

  #make(step: Step): HeaderFields {
    const { userAgent, extra } = this.#defaults;
    const own = { authorization: urlCredentials(step.url), referer: step.referer };
    const fields = new Map<string, readonly string[]>([['user-agent', [userAgent]]]);
    for (const [name, value] of Object.entries(own)) if (value !== undefined) fields.set(name, [value]);
    for (const [name, value] of Object.entries(step.headers)) fields.set(name.toLowerCase(), [value].flat());
    for (const [name, secrets] of extra ?? []) {
      const lower = name.toLowerCase();
      if (singleHeaders.has(lower) || (step.foreign && credentialHeaders.has(lower))) continue;
      fields.set(lower, [...(fields.get(lower) ?? []), ...secrets.map((secret) => secret.reveal())]);
    }
    return sentHeaders(fields);
  }
}

/** The headers with that of the credentials, if there are any, over one that is there. */
export function withAuthorization(fields: HeaderFields, value: string | undefined): HeaderFields {
  return value === undefined ? fields : { ...fields, authorization: inUtf8(value) };
}

/** Headers as they are sent: without those that are not for users to tell, in UTF-8. */
function sentHeaders(fields: ReadonlyMap<string, readonly string[]>): HeaderFields {
  return Object.fromEntries(
    [...fields]
      .filter(([name, values]) => values.length > 0 && !connectionHeaders.has(name))
      .map(([name, values]) => [name, values.length === 1 ? inUtf8(values[0] ?? '') : values.map(inUtf8)]),
  );
}

/** Header values are bytes; Node takes each character of one for a byte. */
function inUtf8(value: string): string {
  return /^[\x20-\x7e]*$/.test(value) ? value : Buffer.from(bytesFromText(value)).toString('latin1');
}
