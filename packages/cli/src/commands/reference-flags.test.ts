import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';

/** Every flag of https://grafana.com/docs/alloy/latest/reference/cli/run/ with its default there, or a value where it has none. */
const flags: Readonly<Record<string, string>> = {
  'server.http.enable-pprof': 'true',
  'server.http.memory-addr': 'alloy.internal:12345',
  'server.http.listen-addr': '127.0.0.1:12345',
  'server.http.ui-path-prefix': '/',
  'server.http.disable-support-bundle': 'false',
  'server.http.enable-graphql': 'false',
  'server.http.enable-graphql-playground': 'false',
  'storage.path': 'data-alloy/',
  'disable-reporting': 'false',
  'cluster.enabled': 'false',
  'cluster.node-name': 'node',
  'cluster.join-addresses': 'a:1,b:2',
  'cluster.discover-peers': 'provider=k8s namespace=x',
  'cluster.rejoin-interval': '60s',
  'cluster.advertise-address': '10.0.0.1:80',
  'cluster.advertise-interfaces': 'eth0,en0',
  'cluster.max-join-peers': '5',
  'cluster.name': 'name',
  'cluster.enable-tls': 'false',
  'cluster.tls-ca-path': '/ca',
  'cluster.tls-cert-path': '/cert',
  'cluster.tls-key-path': '/key',
  'cluster.tls-server-name': 'server',
  'cluster.wait-for-size': '0',
  'cluster.wait-timeout': '0',
  'config.format': 'alloy',
  'config.bypass-conversion-errors': 'false',
  'config.extra-args': '-a -b',
  'stability.level': 'generally-available',
  'feature.community-components.enabled': 'false',
  'feature.component-shutdown-deadline': '10m',
  'feature.prometheus.direct-fanout.enabled': 'false',
  'cluster.use-discovery-v1': 'false',
  'feature.prometheus.metric-validation-scheme': 'false',
  'windows.priority': 'normal',
};

/** The status of a run whose config is not there: 1 for that, 2 for a command line that is not understood. */
async function run(...args: string[]): Promise<string> {
  const host = new TestHost();
  const status = await runProgram(['run', ...args, '/nowhere/a.alloy'], host);
  return status === 1 && /cannot read \/nowhere/.test(host.err) ? 'understood' : host.err;
}

test('the flags of the reference are understood as --flag=value', async () => {
  assert.equal(
    await run(...Object.entries(flags).map(([name, value]) => `--${name}=${value}`)),
    'understood',
  );
});

test('and as --flag value, or alone where they are true or false', async () => {
  const args = Object.entries(flags).map(([name, value]) =>
    ['true', 'false'].includes(value) ? [`--${name}`] : [`--${name}`, value],
  );
  assert.equal(await run(...args.flat()), 'understood');
});

test('a flag that took a word in earlier releases is understood with it', async () => {
  const flag = '--feature.prometheus.metric-validation-scheme';
  for (const args of [[`${flag}=utf8`], [flag, 'legacy']]) assert.equal(await run(...args), 'understood');
});

test('a config of another format is refused with the way to convert it', async () => {
  assert.match(await run('--config.format=prometheus'), /alloy convert --source-format=prometheus/);
});
