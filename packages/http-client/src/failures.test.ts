import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { HttpClientError } from './http-client-error.ts';
import { clientOf, listen } from './loopback.test-help.ts';

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

const answers: readonly (readonly [string, string, string | undefined])[] = [
  ['closes without a word', 'reset', undefined],
  ['closes in the middle of its headers', 'reset', 'HTTP/1.1 200 OK\r\nContent-'],
  ['closes in the middle of its body', 'reset', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'],
  ['speaks another protocol', 'protocol', '220 mail.example ESMTP\r\n'],
  ['sends headers without end', 'too-large', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat((1 << 20) + 100)}\r\n\r\n`],
];

for (const [name, kind, answer] of answers) {
  test(`a server that ${name} is \`${kind}\``, async (t) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(answer ?? ''));
    });
    const port = await listen(t, server);
    await assert.rejects(clientOf(t, '').get(`http://127.0.0.1:${port}/`), { kind });
  });
}
