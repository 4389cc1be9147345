import {
  createHttpClient,
  type HttpResponse,
  httpClientFields,
  httpClientRules,
  urlKind,
  userAgent,
} from '@pewter/http-client';
import { body, duration, type Infer, required, text, withDefault } from '@pewter/language';
import { type ComponentContext, defineComponent } from '@pewter/runtime';
import { Counter } from 'prom-client';
import { jsonOf } from './json-answer.ts';
import { positive } from './positive.ts';
import { refreshingComponent, type TargetSource } from './refresh-loop.ts';
import { type TargetExports, targetExports } from './target-exports.ts';
import { targetsOfGroups } from './target-groups.ts';

const httpArguments = body(
  { ...httpClientFields, url: required(text(urlKind)), refresh_interval: withDefault(duration, '60s') },
  [...httpClientRules, positive('refresh_interval')],
);

type HttpArguments = Infer<typeof httpArguments>;

/** `discovery.http`: targets from a URL that answers with JSON target groups. */
export const httpDiscovery = defineComponent({
  name: 'discovery.http',
  stability: 'generally-available',
  arguments: httpArguments,
  exports: targetExports,
  build(context, args) {
    const failures = new Counter({
      name: 'prometheus_sd_http_failures_total',
      help: 'Number of HTTP service discovery refresh failures.',
      registers: [context.metrics],
    });
    return refreshingComponent('http', context, args, (current) => httpSource(context, current, failures));
  },
});

function httpSource(
  context: ComponentContext<TargetExports>,
  args: HttpArguments,
  failures: Counter,
): TargetSource {
  const client = createHttpClient(context, args, { userAgent });
  const interval = args.refresh_interval;
  const headers = {
    accept: 'application/json',
    'x-prometheus-refresh-interval-seconds': String(interval / 1000),
  };
  return {
    interval,
    close: () => client.close(),
    async refresh(signal) {
      try {
        const timeouts = { total: interval };
        const response = await client.request({ url: args.url, headers, signal, timeouts });
        return { targets: targetsOfGroups(groupsOf(response), () => ['__meta_url', args.url]) };
      } catch (error) {
        if (!signal.aborted) failures.inc();
        throw error;
      }
    },
  };
}

const jsonType = /^application\/json(?:;\s*charset=(?:"utf-8"|utf-8))?$/i;

function groupsOf(response: HttpResponse): unknown {
  if (response.status !== 200)
    throw new Error(`${response.url} answered with status ${response.status}, not 200`);
  const type = String(response.headers['content-type'] ?? '').trim();
  if (!jsonType.test(type)) {
    throw new Error(`${response.url} answered with content type \`${type}\`, not \`application/json\``);
  }
  return jsonOf(response);
}
