import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryFiles } from '@pewter/testkit';
import { kubeconfigAccess } from './kubeconfig.ts';

const config = (cluster: string, user: string) => `
current-context: here
contexts:
  - { name: other, context: { cluster: x, user: x } }
  - { name: here, context: { cluster: c, user: u } }
clusters:
  - { name: c, cluster: { ${cluster} } }
users:
  - { name: u, user: { ${user} } }
`;
const server = 'server: "https://k.test:6443/path/"';
const access = (text: string) =>
  kubeconfigAccess('/home/.kube/config', new MemoryFiles({ '/home/.kube/config': text }));

test('the current context says which server and which token', () => {
  const { url, http } = access(config(server, 'token: secret'));
  assert.equal(url, 'https://k.test:6443/path');
  assert.equal(http.bearer_token?.reveal(), 'secret');
});

test('a certificate is given as data in base64, or as a file beside the config', () => {
  const data = `${server}, certificate-authority-data: ${btoa('CA')}, tls-server-name: n`;
  const { http } = access(config(data, `client-certificate: c.pem, client-key-data: ${btoa('KEY')}`));
  const { ca_pem, ca_file, cert_file, key_pem, server_name } = http.tls_config ?? {};
  assert.deepEqual([ca_pem, ca_file, cert_file, server_name], ['CA', '', '/home/.kube/c.pem', 'n']);
  assert.equal(key_pem?.reveal(), 'KEY');
});

test('a token file wins over a token, and a user name goes with its password', () => {
  const { http } = access(config(server, 'token: a, tokenFile: /t'));
  assert.deepEqual([http.bearer_token_file, http.bearer_token], ['/t', undefined]);
  assert.equal(access(config(server, 'username: u, password: p')).http.basic_auth?.password?.reveal(), 'p');
});

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['no YAML', '[secret', /^`\/home\/.kube\/config` is no valid YAML$/],
  ['no contexts', 'current-context: here', /has no context named `here`/],
  ['no such cluster', config(server, '').replace('name: c,', 'name: d,'), /has no cluster named `c`/],
  ['no URL', config('server: k', ''), /`server` of cluster `c` .* is no URL/],
  ['a plugin without a command', config(server, 'exec: { args: [a] }'), /`exec` .* has no `command`/],
  ['an old provider', config(server, 'auth-provider: { name: gcp }'), /`auth-provider`.*use `exec`, a token/],
];
for (const [name, text, expected] of refused) {
  test(`a file with ${name} is refused`, () => {
    assert.throws(
      () => access(text),
      ({ message }: Error) => expected.test(message),
    );
  });
}

test('a plugin with its arguments and variables; a path is one beside the file', () => {
  const exec =
    'exec: { apiVersion: v1, command: ./get, args: [a, b], env: [{ name: X, value: y }], installHint: h }';
  assert.deepEqual(access(config(server, exec)).plugin, {
    command: '/home/.kube/get',
    args: ['a', 'b'],
    environment: { X: 'y' },
    apiVersion: 'v1',
    hint: 'h',
  });
  assert.equal(access(config(server, 'exec: { command: aws }')).plugin?.command, 'aws');
});

test('a file that is not there is refused', () => {
  assert.throws(() => kubeconfigAccess('/none', new MemoryFiles()), /ENOENT.*\/none/);
});
