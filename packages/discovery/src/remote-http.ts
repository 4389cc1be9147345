import { httpClientFields, httpClientRules, oneAuthentication } from '@pewter/http-client/schema';
import {
  block,
  body,
  bool,
  duration,
  type Infer,
  map,
  optional,
  type Rule,
  required,
  string,
  withDefault,
} from '@pewter/language';
import { defineComponent } from '@pewter/runtime';
import { contentExports } from './content-loop.ts';
import { positive } from './positive.ts';

const shorterTimeout: Rule = {
  reads: ['poll_timeout', 'poll_frequency'],
  check: ({ poll_timeout: timeout, poll_frequency: frequency }) =>
    Number(timeout) >= Number(frequency)
      ? { message: '`poll_timeout` must be less than `poll_frequency`', field: 'poll_timeout' }
      : undefined,
};

/** Names of methods are tokens (RFC 9110, section 9.1). */
const possibleRequest: Rule = {
  reads: ['method', 'url'],
  check({ method, url }) {
    if (!/^[!#$%&'*+.^_`|~\w-]*$/.test(String(method)))
      return { message: `\`${method}\` is no HTTP method`, field: 'method' };
    if (URL.canParse(String(url))) return undefined;
    return {
      message: '`url` is no valid URL',
      hint: 'write it with its scheme, as in `http://host/path`',
      field: 'url',
    };
  },
};

const httpArguments = body(
  {
    url: required(string),
    poll_frequency: withDefault(duration, '1m'),
    poll_timeout: withDefault(duration, '10s'),
    is_secret: withDefault(bool, false),
    method: withDefault(string, 'GET'),
    headers: optional(map(string)),
    body: withDefault(string, ''),
    client: block(body(httpClientFields, [...httpClientRules, oneAuthentication])),
  },
  [positive('poll_frequency'), positive('poll_timeout'), shorterTimeout, possibleRequest],
);

/** The decoded arguments of `remote.http`. */
export type HttpArguments = Infer<typeof httpArguments>;

/** `remote.http`: the text that a URL answers with. */
export const remoteHttp = defineComponent({
  name: 'remote.http',
  stability: 'generally-available',
  arguments: httpArguments,
  exports: contentExports,
  implementation: () => import('./remote-http-component.ts'),
});
