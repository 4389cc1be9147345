import {
  createHttpClient,
  defaultHttpClientArguments,
  httpClientFields,
  httpClientRules,
  oneAuthentication,
  userAgent,
} from '@pewter/http-client';
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
  textFromBytes,
  withDefault,
} from '@pewter/language';
import { type ComponentContext, defineComponent } from '@pewter/runtime';
import { type ContentExports, type ContentSource, contentComponent, contentExports } from './content-loop.ts';
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

type HttpArguments = Infer<typeof httpArguments>;

/** `remote.http`: the text that a URL answers with. */
export const remoteHttp = defineComponent({
  name: 'remote.http',
  stability: 'generally-available',
  arguments: httpArguments,
  exports: contentExports,
  build: (context, args) => contentComponent(context, args, (current) => httpSource(context, current)),
});

function httpSource(context: ComponentContext<ContentExports>, args: HttpArguments): ContentSource {
  const client = createHttpClient(context, args.client ?? defaultHttpClientArguments, { userAgent });
  const request = {
    method: args.method || 'GET',
    url: args.url,
    headers: Object.fromEntries(args.headers ?? []),
    ...(args.body !== '' && { body: args.body }),
    timeouts: { total: args.poll_timeout },
  };
  return {
    interval: args.poll_frequency,
    secret: args.is_secret,
    words: { done: 'polled endpoint', failed: 'polling failed' },
    async read(signal) {
      const response = await client.request({ ...request, signal });
      if (response.status === 200) return textFromBytes(response.body).trim();
      throw new Error(`${response.url} answered with status ${response.status}, not 200`);
    },
    close: () => client.close(),
  };
}
