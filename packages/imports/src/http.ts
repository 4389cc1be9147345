import { httpClientFields, httpClientRules, oneAuthentication, urlKind } from '@pewter/http-client/schema';
import {
  block,
  body,
  duration,
  type Infer,
  map,
  optional,
  type Rule,
  required,
  string,
  text,
  withDefault,
} from '@pewter/language';
import { defineImport, pollEvery } from '@pewter/runtime';

/** Names of methods are tokens (RFC 9110, section 9.1). */
const possibleRequest: Rule = {
  reads: ['method'],
  check: ({ method }) =>
    /^[!#$%&'*+.^_`|~\w-]*$/.test(String(method))
      ? undefined
      : { message: `\`${method}\` is no HTTP method`, field: 'method' },
};

const sensibleTimes: Rule = {
  reads: ['poll_timeout', 'poll_frequency'],
  check({ poll_timeout: timeout, poll_frequency: frequency }) {
    if (Number(frequency) <= 0)
      return { message: '`poll_frequency` must be greater than zero', field: 'poll_frequency' };
    if (Number(timeout) <= 0)
      return { message: '`poll_timeout` must be greater than zero', field: 'poll_timeout' };
    if (Number(timeout) < Number(frequency)) return undefined;
    return { message: '`poll_timeout` must be less than `poll_frequency`', field: 'poll_timeout' };
  },
};

const httpArguments = body(
  {
    url: required(text(urlKind)),
    method: withDefault(string, 'GET'),
    headers: optional(map(string)),
    body: withDefault(string, ''),
    poll_frequency: withDefault(duration, '1m'),
    poll_timeout: withDefault(duration, '10s'),
    client: block(body(httpClientFields, [...httpClientRules, oneAuthentication])),
  },
  [sensibleTimes, possibleRequest],
);

/** The decoded arguments of `import.http`. */
export type HttpArguments = Infer<typeof httpArguments>;

/** `import.http`: a module that a URL answers with, asked for again each `poll_frequency`. */
export const importHttp = defineImport({
  name: 'import.http',
  stability: 'generally-available',
  reach: 'network',
  arguments: httpArguments,
  async read(outside, args, signal) {
    const { readHttp } = await import('./read-http.ts');
    return readHttp(outside, args, signal);
  },
  watch: ({ clock }, { poll_frequency: frequency }, changed) => pollEvery(clock, frequency, changed),
});
