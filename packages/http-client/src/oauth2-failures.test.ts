import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { type TestContext as NodeTest, test } from 'node:test';
import { clientOf, serve } from './loopback.test-help.ts';

type Answer = (response: ServerResponse) => unknown;

async function withTokenServer(t: NodeTest, answer: Answer) {
  const tokens = await serve(t, (_, response) => void answer(response));
  const target = await serve(t);
  const text = `oauth2 {\n client_id = "me"\n client_secret_file = "/secret"\n token_url = "${tokens.url}/token"\n}`;
  const { get, outside } = clientOf(t, text);
  outside.files.write('/secret', 'hidden\n');
  return { tokens, target, outside, get: () => get(target.url) };
}

const token = (text: string) => JSON.stringify({ access_token: text, expires_in: 3600 });

const failures: readonly (readonly [string, Answer, RegExp])[] = [
  [
    'refuses the client',
    (response) => response.writeHead(401).end('{"error":"invalid_client","token":"hidden"}'),
    /status 401 \(invalid_client\)/,
  ],
  ['fails', (response) => response.writeHead(500).end('hidden'), /status 500/],
  ['answers with garbage', (response) => response.end('{{{ hidden'), /without a token/],
  ['answers with a list', (response) => response.end('[]'), /without a token/],
  ['answers with an empty token', (response) => response.end(token('')), /without a token/],
];

for (const [name, answer, expected] of failures) {
  test(`a token server that ${name} is told in words without secrets, and nothing is sent`, async (t) => {
    const { target, get } = await withTokenServer(t, answer);
    await assert.rejects(get(), (error: Error) => {
      assert.match(error.message, expected);
      assert.doesNotMatch(error.message, /hidden/);
      return true;
    });
    assert.equal(target.requests.length, 0);
  });
}

test('a server that will not have the credentials in a header, however it says so, is asked with them in the form', async (t) => {
  const { tokens, target, get } = await withTokenServer(t, (response) =>
    response.req.headers.authorization ? response.end('<html>no') : response.end(token('good')),
  );
  await get();
  assert.equal(tokens.requests.length, 2);
  assert.equal(target.requests[0]?.headers.authorization, 'Bearer good');
});

for (const [name, answer, expected] of [
  ['an error in a good answer', '{"access_token":"x","error":"invalid_scope"}', undefined],
  ['a form', 'access_token=good&token_type=bearer', 'Bearer good'],
  ['a type of its own', '{"access_token":"good","token_type":"Odd"}', 'Odd good'],
  ['no type', '{"access_token":"good"}', 'Bearer good'],
] as const) {
  test(`a token server may answer with ${name}`, async (t) => {
    const { target, get } = await withTokenServer(t, (response) =>
      response
        .setHeader('content-type', answer.startsWith('{') ? 'application/json' : 'text/plain')
        .end(answer),
    );
    await get().catch(() => undefined);
    assert.equal(target.requests[0]?.headers.authorization, expected);
  });
}

for (const [life, asked] of [
  [0, 1],
  ['"3600"', 1],
  ['null', 1],
  [5, 3],
  [-1, 3],
] as const) {
  test(`of a token that lives for ${life} seconds, ${asked} are asked for by three requests`, async (t) => {
    const { tokens, get } = await withTokenServer(t, (response) =>
      response.end(`{"access_token":"good","expires_in":${life}}`),
    );
    for (let times = 0; times < 3; times++) await get();
    assert.equal(tokens.requests.length, asked);
  });
}

test('once the server has taken the credentials one way, no other way is tried', async (t) => {
  let broken = false;
  const { tokens, outside, get } = await withTokenServer(t, (response) =>
    broken ? response.writeHead(401).end() : response.end(token('good')),
  );
  await get();
  broken = true;
  outside.files.write('/secret', 'other');
  await assert.rejects(get(), { kind: 'oauth2' });
  assert.equal(tokens.requests.length, 2);
});

test('after a failure the next request asks again', async (t) => {
  let broken = true;
  const { target, get } = await withTokenServer(t, (response) =>
    broken ? response.writeHead(500).end() : response.end(token('good')),
  );
  await assert.rejects(get(), { kind: 'oauth2' });
  broken = false;
  await get();
  assert.equal(target.requests[0]?.headers.authorization, 'Bearer good');
});

test('a changed secret file asks for a new token; a missing one is an error that names it', async (t) => {
  const { tokens, outside, get } = await withTokenServer(t, (response) => response.end(token('good')));
  await get();
  await get();
  assert.equal(tokens.requests.length, 1);
  outside.files.write('/secret', 'other');
  await get();
  const sent = tokens.requests.map(({ headers }) => atob(headers.authorization?.slice(6) ?? ''));
  assert.deepEqual(sent, ['me:hidden', 'me:other']);
  outside.files.remove('/secret');
  await assert.rejects(get(), { kind: 'file', message: /\/secret/ });
});
