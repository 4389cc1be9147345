import { createHttpClient, defaultHttpClientArguments, userAgent } from '@pewter/http-client';
import { Secret } from '@pewter/language';
import type { Component, ComponentContext } from '@pewter/runtime';
import { KubernetesApi } from '../kubernetes/api.ts';
import { apiAccess } from '../kubernetes/api-access.ts';
import { ExecCredentials } from '../kubernetes/exec-credentials.ts';
import { type PolledSource, polledComponent } from '../poll-loop.ts';
import { type Fields, textEntries } from '../untrusted.ts';
import type { DataExports, ObjectArguments } from './arguments.ts';

/** What tells the two kinds of objects with data apart. */
export interface ObjectKind {
  readonly resource: 'configmaps' | 'secrets';
  /** The object's name in messages. */
  readonly word: string;
  readonly exposure: 'readable' | 'hidden';
  /** A value as text. */
  readonly value: (raw: string) => string;
}

const inCluster = { ...defaultHttpClientArguments, api_server: '', kubeconfig_file: '' };

/** A component that polls one object and exports its data. */
export function objectComponent(
  kind: ObjectKind,
  context: ComponentContext<DataExports>,
  args: ObjectArguments,
): Component<ObjectArguments> {
  return polledComponent(context, args, (current) => objectSource(kind, context, current));
}

function objectSource(
  kind: ObjectKind,
  context: ComponentContext<DataExports>,
  { namespace, name, poll_frequency: interval, poll_timeout: total, client }: ObjectArguments,
): PolledSource<DataExports> {
  const access = apiAccess(client ?? inCluster, context);
  const http = createHttpClient(context, access.http, { userAgent });
  const plugin = access.plugin && new ExecCredentials(access.plugin, context);
  const api = new KubernetesApi(http, access.url, plugin);
  return {
    interval,
    words: { done: `got ${kind.word}`, failed: 'polling failed' },
    read: async (signal) =>
      dataOf(kind, await api.get({ resource: kind.resource, namespace, name }, signal, total)),
    close: () => http.close(),
  };
}

function dataOf({ value, exposure }: ObjectKind, object: Fields): DataExports {
  const entries = textEntries(object.data).map(
    ([key, raw]) => [key, new Secret(value(raw), exposure)] as const,
  );
  return { data: new Map(entries) };
}
