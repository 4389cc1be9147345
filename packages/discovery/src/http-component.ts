import { createHttpClient, type HttpResponse, userAgent } from '@pewter/http-client';
import type { Component, ComponentContext } from '@pewter/runtime';
import { Counter } from 'prom-client';
import type { HttpArguments } from './http.ts';
import { jsonOf } from './json-answer.ts';
import { refreshingComponent, type TargetSource } from './refresh-loop.ts';
import type { TargetExports } from './target-exports.ts';
import { targetsOfGroups } from './target-groups.ts';

/** Builds `discovery.http`; see its definition. */
export function build(
  context: ComponentContext<TargetExports>,
  args: HttpArguments,
): Component<HttpArguments> {
  const failures = new Counter({
    name: 'prometheus_sd_http_failures_total',
    help: 'Number of HTTP service discovery refresh failures.',
    registers: [context.metrics],
  });
  return refreshingComponent('http', context, args, (current) => httpSource(context, current, failures));
}

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
        const timeouts = interval > 0 ? { total: interval } : {};
        const response = await client.request({ url: args.url, headers, signal, timeouts });
        return { targets: targetsOfGroups(groupsOf(response), ['__meta_url', args.url]) };
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
