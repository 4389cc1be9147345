import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext as NodeTest } from 'node:test';
import type { Value } from '@pewter/language';
import type { ComponentDefinition } from '@pewter/runtime';
import { type TestContext, testContext } from '@pewter/testkit';
import { argumentsFrom } from './decode.test-help.ts';
import type { Target } from './target.ts';

/** How an upstream of the test answers a request. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** An answer with JSON, or with a text as it is. */
export const json =
  (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

/** Half of what was announced, then the connection closes. */
export const half: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('[{"');
  setTimeout(() => response.destroy(), 5);
};

/** An upstream on the loopback whose answers the test may change. */
export async function upstream(t: NodeTest, first: Answer) {
  const requests: IncomingMessage[] = [];
  let answer = first;
  const server = createServer((request, response) => {
    requests.push(request);
    answer(response, request);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  t.after(async () => {
    if (server.listening) await stop();
  });
  return {
    requests,
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    stop,
    start: () => listen(port),
    answers: (next: Answer) => {
      answer = next;
    },
  };
}

/** A component at work, made from a config text, ended with the test; no timer and no watch may be left then. */
export async function running(
  t: NodeTest,
  definition: ComponentDefinition,
  text: string,
  context: TestContext<unknown> = testContext<unknown>(),
  variables: Readonly<Record<string, Value>> = {},
) {
  const decode = (config: string) => argumentsFrom(config, definition.arguments, variables);
  const { build } = await definition.implementation();
  const component = build(context, decode(text));
  const controller = new AbortController();
  const ended = component.run(controller.signal);
  const end = async () => {
    controller.abort();
    await ended;
    assert.equal(context.clock.pending, 0);
    assert.equal(context.files.watching, 0);
  };
  t.after(end);
  const found = () => (context.exported.at(-1) as { targets?: readonly Target[] }).targets ?? [];
  return {
    context,
    component,
    ended,
    update: (config: string) => component.update(decode(config)),
    targets: () => found().map((target): Record<string, string> => Object.fromEntries(target)),
    state: () => component.health?.()?.state,
    message: () => component.health?.()?.message ?? '',
    healthy: () => until(() => component.health?.()?.state === 'healthy'),
    unhealthy: () => until(() => component.health?.()?.state === 'unhealthy'),
  };
}

/** Waits for what a peer or the file system brings about; `meanwhile` lets virtual time pass, where that is waited for too. */
export async function until(condition: () => boolean, meanwhile?: () => Promise<void>): Promise<void> {
  for (let turn = 0; !condition(); turn++) {
    assert.ok(turn < 500, 'the condition was never met');
    await meanwhile?.();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Targets in an order of their own, to compare lists that have none. */
export function sorted(targets: readonly Readonly<Record<string, string>>[]): readonly string[] {
  return targets.map((target) => JSON.stringify(Object.entries(target).sort())).sort();
}
