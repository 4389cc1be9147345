import { createHttpClient, defaultHttpClientArguments, userAgent } from '@pewter/http-client';
import { textFromBytes } from '@pewter/language';
import type { Component, ComponentContext } from '@pewter/runtime';
import { type ContentExports, type ContentSource, contentComponent } from './content-loop.ts';
import type { HttpArguments } from './remote-http.ts';

/** Builds `remote.http`; see its definition. */
export function build(
  context: ComponentContext<ContentExports>,
  args: HttpArguments,
): Component<HttpArguments> {
  return contentComponent(context, args, (current) => httpSource(context, current));
}

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
