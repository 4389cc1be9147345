import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { httpClientFields } from '@pewter/http-client';
import { body } from '@pewter/language';
import { CountingNetwork, FakeTarget, testContext } from '@pewter/testkit';
import { decodeText, good } from './decode.test-help.ts';
import { createReplaceableClient } from './replaceable-client.ts';

const argsOf = (text: string) => good(decodeText(text, body(httpClientFields)));
const { signal } = new AbortController();

describe('an HTTP client that is replaced', () => {
  test('makes later requests with the new arguments, and ends those under way as they began', async (t) => {
    const context = testContext();
    const target = await FakeTarget.start(context.clock);
    t.after(() => target.close());
    target.serve('/slow', { body: 'done', delayMs: 1000 });
    target.serve('/fast', { body: 'done' });
    const client = createReplaceableClient(context, argsOf('bearer_token = "old"'));
    const slow = client.request({ url: `http://${target.address}/slow`, signal });
    while (target.waiting === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    client.replace(argsOf('bearer_token = "new"'));
    await client.request({ url: `http://${target.address}/fast`, signal });
    await context.clock.advance(1000);
    assert.equal(Buffer.from((await slow).body).toString(), 'done');
    assert.deepEqual(
      target.requests.map(({ headers }) => headers.authorization),
      ['Bearer old', 'Bearer new'],
    );
    await client.close();
  });

  test('ends requests under way when it is closed, those from before it was replaced too', async (t) => {
    const network = new CountingNetwork();
    const context = testContext({ network });
    const target = await FakeTarget.start(context.clock);
    t.after(() => target.close());
    target.serve('/slow', { body: 'done', delayMs: 1000 });
    const client = createReplaceableClient(context, argsOf(''));
    const slow = client.request({ url: `http://${target.address}/slow`, signal });
    const failed = assert.rejects(slow);
    while (target.waiting === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    client.replace(argsOf('follow_redirects = false'));
    await client.close();
    await failed;
    assert.equal(network.underWay, 0);
  });
});
