import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MapEnvironment, MemoryFiles } from '@pewter/testkit';
import { argumentsFrom } from '../decode.test-help.ts';
import { apiAccess } from './api-access.ts';
import { kubernetesArguments } from './arguments.ts';

const account = '/var/run/secrets/kubernetes.io/serviceaccount';
const inside = () => ({
  files: new MemoryFiles({ [`${account}/token`]: 't\n', [`${account}/namespace`]: 'mine\n' }),
  environment: new MapEnvironment({ KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }),
});
const access = (text: string, world = inside()) =>
  apiAccess(argumentsFrom(`role = "pod"\n${text}`, kubernetesArguments), world);

test('inside of a cluster the service account is used, its files read anew for each request', () => {
  const { url, http, ownNamespace } = access('');
  assert.equal(url, 'https://[fd00::1]:443');
  assert.equal(http.bearer_token_file, `${account}/token`);
  assert.equal(http.tls_config?.ca_file, `${account}/ca.crt`);
  assert.equal(ownNamespace, undefined);
});

test('the own namespace is that of the service account', () => {
  assert.equal(access('namespaces { own_namespace = true }').ownNamespace, 'mine');
});

test('`api_server` wins over the service account, and the HTTP client arguments count', () => {
  const { url, http, ownNamespace } = access('api_server = "http://k.test/"\nbearer_token = "x"');
  assert.deepEqual([url, http.bearer_token?.reveal(), ownNamespace], ['http://k.test', 'x', undefined]);
});

test('without a cluster, a server and a file there is no way', () => {
  const outside = { files: new MemoryFiles(), environment: new MapEnvironment() };
  assert.throws(() => access('', outside), /KUBERNETES_SERVICE_HOST.*give `api_server` or `kubeconfig_file`/);
});

test('a service account without a token is refused', () => {
  const { environment } = inside();
  assert.throws(() => access('', { files: new MemoryFiles(), environment }), /ENOENT.*token/);
});
