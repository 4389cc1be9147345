import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { HttpClientError } from './http-client-error.ts';
import { clientOf, listen, serve } from './loopback.test-help.ts';

test('a name that does not exist is `dns`', async (t) => {
  await assert.rejects(clientOf(t, '').get('http://no-such-host.invalid/'), { kind: 'dns' });
});

test('each way to fail has a kind, found by the code of its cause', () => {
  const kindOf = (code: string) =>
    HttpClientError.from(Object.assign(new Error('x'), { code }), 'http://a/').kind;
  assert.deepEqual(['EAI_AGAIN', 'EHOSTUNREACH', 'EPIPE', 'ENOBODY'].map(kindOf), [
    'dns',
    'unreachable',
    'reset',
    'other',
  ]);
});

test('what OpenSSL says is told without its places in the code', () => {
  const line =
    '40F0:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../x.c:77:\n';
  const error = Object.assign(new Error(line), { code: 'ERR_SSL_WRONG_VERSION_NUMBER' });
  assert.equal(
    HttpClientError.from(error, 'https://a/').message,
    'TLS failed: https://a/ (the other side does not speak TLS)',
  );
});

test('a failure behind a redirect names where it was and what led there', async (t) => {
  const { url } = await serve(t, (_, response) =>
    response.writeHead(302, { location: 'http://127.0.0.1:1/login' }).end(),
  );
  await assert.rejects(clientOf(t, '').get(`${url}/x`), {
    kind: 'refused',
    redirectedFrom: `${url}/x`,
    message: /^connection refused: http:\/\/127\.0\.0\.1:1\/login .*, where http:\S+\/x redirects to$/,
  });
});

test('messages name the URL without user, password, query and fragment', () => {
  const shown = (url: string) => HttpClientError.from(new Error('x'), url).message;
  assert.equal(shown('http://user:word@a/path?token=t0p&x=1#t0p'), 'x: http://a/path?…');
  assert.equal(shown('//user:word@a/path?token=t0p'), 'x: //a/path?…');
  assert.equal(shown('http://a/path'), 'x: http://a/path');
});

const answers: readonly (readonly [string, string, string | undefined])[] = [
  ['closes without a word', 'reset', undefined],
  ['closes in the middle of its headers', 'reset', 'HTTP/1.1 200 OK\r\nContent-'],
  ['closes in the middle of its body', 'reset', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'],
  ['speaks another protocol', 'protocol', '220 mail.example ESMTP\r\n'],
  ['sends headers without end', 'too-large', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat((1 << 20) + 100)}\r\n\r\n`],
];

test('a response says whether its request had credentials', async (t) => {
  const { url } = await serve(t, (_, response) => response.writeHead(401).end());
  assert.equal((await clientOf(t, '').get(url)).credentials, false);
  assert.equal((await clientOf(t, 'bearer_token = "x"').get(url)).credentials, true);
});

for (const [name, kind, answer] of answers) {
  test(`a server that ${name} is \`${kind}\``, async (t) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(answer ?? ''));
    });
    const port = await listen(t, server);
    const begun = answer?.includes('\r\n\r\n') && kind === 'reset';
    const phase = begun ? { phase: 'body' } : {};
    await assert.rejects(clientOf(t, '').get(`http://127.0.0.1:${port}/`), { kind, ...phase });
  });
}
