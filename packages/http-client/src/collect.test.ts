import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { VirtualClock } from '@pewter/testkit';
import type { Dispatcher } from 'undici';
import { ByteBudget } from './byte-budget.ts';
import { collect } from './collect.ts';
import { Deadline } from './deadline.ts';
import { clientOf, serve } from './loopback.test-help.ts';

/** A body that never ends by itself. */
function sendEndless(response: ServerResponse): void {
  const body = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(64 * 1024, 1);
    })(),
  );
  pipeline(body, response, () => undefined);
}

/** Something that answers at once, as undici does it, with these raw headers. */
function answering(rawHeaders: Buffer[]): Dispatcher {
  const controller = { rawHeaders, abort: () => undefined } as unknown as Dispatcher.DispatchController;
  return {
    dispatch(_: unknown, handler: Dispatcher.DispatchHandler) {
      handler.onRequestStart?.(controller, undefined);
      handler.onResponseStart?.(controller, 200, { 'x-a': 'b' });
      handler.onResponseEnd?.(controller, {});
      return true;
    },
  } as unknown as Dispatcher;
}

describe('a gathered answer', () => {
  test('lets go of the bytes that its headers were read from', async () => {
    const url = 'http://localhost/';
    const deadline = new Deadline(new VirtualClock(), {
      url,
      signal: new AbortController().signal,
      total: undefined,
    });
    const raw = [Buffer.from('x-a'), Buffer.from('b')];
    const options = { url, credentials: false, deadline, limit: 10, budget: undefined };
    const request = { path: '/', method: 'GET' as const };
    const { headers } = await collect(answering(raw), request, { ...options, isPassing: () => false });
    assert.deepEqual([headers, raw], [{ 'x-a': 'b' }, []]);
  });

  test('takes its bytes from the budget, for its receiver to give back', async (t) => {
    const { url } = await serve(t, (_, response) => void response.end('hello'));
    const budget = new ByteBudget(10);
    await clientOf(t, '').get(url, { budget });
    assert.equal(budget.taken, 5);
  });

  test('that needs more than is left of the budget fails, and what it took is given back', async (t) => {
    const { url } = await serve(t, (_, response) => void response.end('hello again'));
    const budget = new ByteBudget(10);
    await assert.rejects(clientOf(t, '').get(url, { budget }), { kind: 'memory' });
    assert.equal(budget.taken, 0);
  });

  test('without end fails at its limit, and its connection is closed', async (t) => {
    const closed = Promise.withResolvers<void>();
    const { url } = await serve(t, (request, response) => {
      request.socket.on('close', () => closed.resolve());
      sendEndless(response);
    });
    const budget = new ByteBudget(10_000_000);
    await assert.rejects(clientOf(t, '').get(url, { budget, maxBodyBytes: 1_000_000 }), {
      kind: 'too-large',
    });
    await closed.promise;
    assert.equal(budget.taken, 0);
  });

  test('of a redirect is not waited for, however long its body is', async (t) => {
    const { url } = await serve(t, (request, response) => {
      if (request.url === '/there') return void response.end('arrived');
      response.writeHead(302, { location: '/there' });
      sendEndless(response);
    });
    const { body } = await clientOf(t, '').get(url, { maxBodyBytes: 100 });
    assert.equal(Buffer.from(body).toString(), 'arrived');
  });

  test('follows informational ones', async (t) => {
    const { url } = await serve(t, (_, response) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' });
      response.end('hello');
    });
    const { status, body } = await clientOf(t, '').get(url);
    assert.deepEqual([status, Buffer.from(body).toString()], [200, 'hello']);
  });

  test('that is cut off fails, and gives back what it took', async (t) => {
    const { url } = await serve(t, (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    const budget = new ByteBudget(100);
    await assert.rejects(clientOf(t, '').get(url, { budget }), { kind: 'reset' });
    assert.equal(budget.taken, 0);
  });

  test('that ends with its signal gives back what it took', async (t) => {
    const { url } = await serve(t, (_, response) => void response.write('half'));
    const budget = new ByteBudget(100);
    const abort = new AbortController();
    const got = clientOf(t, '').get(url, { budget, signal: abort.signal });
    while (budget.taken === 0) await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    await assert.rejects(got, { kind: 'aborted' });
    assert.equal(budget.taken, 0);
  });
});
