import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Secret } from '@pewter/language';
import { MemoryFiles, testOutside } from '@pewter/testkit';
import { createHttpClient } from './http-client.ts';
import { defaultHttpClientArguments } from './http-client-schema.ts';
import { checkTls } from './tls-check.ts';
import type { TlsArguments } from './tls-schema.ts';

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../../fixtures/certs', name), 'utf8');

const none: TlsArguments = {
  ca_pem: '',
  ca_file: '',
  cert_pem: '',
  cert_file: '',
  key_pem: undefined,
  key_file: '',
  server_name: '',
  insecure_skip_verify: false,
  min_version: undefined,
};
const files = new MemoryFiles({
  '/ca.pem': fixture('ca.pem'),
  '/client.pem': fixture('client.pem'),
  '/client.key': fixture('client.key'),
  '/server.key': fixture('server.key'),
  '/garbage': 'no PEM',
});

test('what can be used is taken', () => {
  checkTls(undefined, files);
  checkTls(none, files);
  checkTls({ ...none, ca_file: '/ca.pem', cert_file: '/client.pem', key_file: '/client.key' }, files);
  checkTls({ ...none, cert_pem: fixture('client.pem'), key_pem: new Secret(fixture('client.key')) }, files);
});

const refused: readonly (readonly [string, Partial<TlsArguments>, RegExp])[] = [
  ['a missing authority', { ca_file: '/gone.pem' }, /can not read `\/gone\.pem`/],
  [
    'a missing certificate',
    { cert_file: '/gone.pem', key_file: '/client.key' },
    /can not read `\/gone\.pem`/,
  ],
  ['a missing key', { cert_file: '/client.pem', key_file: '/gone.key' }, /can not read `\/gone\.key`/],
  ['an authority that is none', { ca_file: '/garbage' }, /`\/garbage` holds no certificate/],
  ['a text that is no authority', { ca_pem: 'x' }, /`ca_pem` holds no certificate/],
  [
    'a key that is none',
    { cert_file: '/client.pem', key_file: '/garbage' },
    /`\/garbage` holds no private key/,
  ],
  ['the key of another', { cert_file: '/client.pem', key_file: '/server.key' }, /does not belong/],
];

for (const [name, tls, expected] of refused) {
  test(`${name} is refused when the client is made`, () => {
    const args = { ...defaultHttpClientArguments, tls_config: { ...none, ...tls } };
    assert.throws(() => createHttpClient(testOutside({ files }), args, { userAgent: 'test' }), expected);
  });
}
