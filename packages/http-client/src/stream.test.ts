import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testOutside } from '@pewter/testkit';
import { createHttpClient } from './http-client.ts';
import { defaultHttpClientArguments } from './http-client-schema.ts';
import { linesOf } from './lines.ts';
import { serve } from './loopback.test-help.ts';

const signal = () => new AbortController().signal;

describe('a streamed answer', () => {
  const client = (t: { after(end: () => Promise<void>): void }, outside = testOutside()) => {
    const http = createHttpClient(outside, defaultHttpClientArguments, { userAgent: 'test' });
    t.after(() => http.close());
    return { http, outside };
  };

  test('gives its first line before its last is sent', async (t) => {
    let finish = () => {};
    const { url } = await serve(t, (_, response) => {
      response.write('one\ntw');
      finish = () => void response.end('o\n');
    });
    const { http } = client(t);
    const { status, chunks } = await http.stream({ url, signal: signal() });
    const lines = linesOf(chunks, 100);
    assert.equal(status, 200);
    assert.equal((await lines.next()).value, 'one');
    finish();
    assert.equal((await lines.next()).value, 'two');
    assert.equal((await lines.next()).done, true);
  });

  test('ends with its signal, and with a typed error', async (t) => {
    const { url } = await serve(t, (_, response) => void response.write('one\n'));
    const { http, outside } = client(t);
    const controller = new AbortController();
    const { chunks } = await http.stream({ url, signal: controller.signal, timeouts: { total: 1000 } });
    const lines = linesOf(chunks, 100);
    await lines.next();
    controller.abort();
    await assert.rejects(lines.next(), { name: 'HttpClientError', kind: 'aborted' });
    assert.equal(outside.clock.pending, 0);
  });

  test('ends with its time', async (t) => {
    const { url } = await serve(t, (_, response) => void response.write('one\n'));
    const { http, outside } = client(t);
    const { chunks } = await http.stream({ url, signal: signal(), timeouts: { total: 1000 } });
    const lines = linesOf(chunks, 100);
    await lines.next();
    await outside.clock.advance(1000);
    await assert.rejects(lines.next(), { kind: 'timeout', phase: 'body' });
  });

  test('cut in the middle fails as a reset, and one that cannot begin leaves no timer', async (t) => {
    const { url } = await serve(t, (_, response) => {
      response.write('one\n');
      setTimeout(() => response.destroy(), 5);
    });
    const { http, outside } = client(t);
    const { chunks } = await http.stream({ url, signal: signal() });
    await assert.rejects(Array.fromAsync(linesOf(chunks, 100)), { kind: 'reset' });
    const gone = http.stream({ url: 'http://127.0.0.1:1', signal: signal(), timeouts: { total: 1000 } });
    await assert.rejects(gone, { kind: 'refused' });
    assert.equal(outside.clock.pending, 0);
  });
});

describe('lines', () => {
  const bytes = async function* (...texts: string[]) {
    for (const text of texts) yield Buffer.from(text);
  };

  test('are the same however the bytes are cut', async () => {
    const text = Buffer.from('ä\n\nb\nc');
    for (let cut = 0; cut <= text.length; cut++) {
      const parts = (async function* () {
        yield text.subarray(0, cut);
        yield text.subarray(cut);
      })();
      assert.deepEqual(await Array.fromAsync(linesOf(parts, 10)), ['ä', '', 'b', 'c']);
    }
  });

  test('longer than the limit are refused, however they are cut', async () => {
    await assert.rejects(Array.fromAsync(linesOf(bytes('1234', '5678'), 7)), { kind: 'too-large' });
    assert.deepEqual(await Array.fromAsync(linesOf(bytes('1234', '567\n', '1234567'), 7)), [
      '1234567',
      '1234567',
    ]);
  });
});
