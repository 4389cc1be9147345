import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { type TestContext as NodeTest, test } from 'node:test';
import { realListen, realNameClient } from '@pewter/runtime/running';
import { testContext } from '@pewter/testkit';
import { Agent } from 'undici';
import { problemsOf } from './decode.test-help.ts';
import { dnsDiscovery } from './dns.ts';
import { candidateNames, parseResolvConf } from './resolv-conf.ts';
import { running, until } from './running.test-help.ts';

const codes = { noError: 0, serverFailure: 2, nameError: 3, refused: 5 } as const;

/** The records of a name, each as type and data; or the code of a failure; or silence. */
type Zone = Record<string, readonly (readonly [number, Buffer])[] | keyof typeof codes | 'silent'>;

const encodeName = (name: string) =>
  Buffer.concat(
    [...name.split('.'), ''].map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)])),
  );
const srv = (port: number, target: string): readonly [number, Buffer] => {
  const head = Buffer.alloc(6);
  head.writeUInt16BE(port, 4);
  return [33, Buffer.concat([head, encodeName(target)])];
};
const a = (...bytes: number[]): readonly [number, Buffer] => [1, Buffer.from(bytes)];
const mx = (target: string): readonly [number, Buffer] => [
  15,
  Buffer.concat([Buffer.of(0, 10), encodeName(target)]),
];
const ns = (target: string): readonly [number, Buffer] => [2, encodeName(target)];

/** A name server that speaks DNS (RFC 1035) over UDP, and a component's context that asks it. */
async function nameServer(t: NodeTest, zone: Zone, conf = 'search example.org\noptions ndots:1\n') {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, peer) => {
    const { name, end } = questionOf(query);
    asked.push(name);
    const found = zone[name] ?? 'nameError';
    if (found === 'silent') return;
    const records = typeof found === 'string' ? [] : found;
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | codes[typeof found === 'string' ? found : 'noError'], 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    const answers = records.map(([type, data]) => {
      const fixed = Buffer.from([
        0xc0,
        0x0c,
        0,
        type,
        0,
        1,
        0,
        0,
        0,
        60,
        data.length >> 8,
        data.length & 255,
      ]);
      return Buffer.concat([fixed, data]);
    });
    socket.send(Buffer.concat([header, query.subarray(12, end), ...answers]), peer.port, peer.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  t.after(() => void socket.close());
  const address = `127.0.0.1:${(socket.address() as AddressInfo).port}`;
  const nameClient = () => realNameClient([address]);
  const context = testContext<unknown>({
    network: { dispatcher: (options) => new Agent(options), nameClient, listen: realListen },
  });
  context.files.write('/etc/resolv.conf', `nameserver 127.0.0.1\n${conf}`);
  return { context, zone, asked };
}

function questionOf(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 };
}

const empty = {
  __meta_dns_mx_record_target: '',
  __meta_dns_ns_record_target: '',
  __meta_dns_srv_record_port: '',
  __meta_dns_srv_record_target: '',
};

test('SRV records bring their port', async (t) => {
  const { context } = await nameServer(t, {
    '_http._tcp.a.org': [srv(8080, 'x.a.org'), srv(8081, 'y.a.org')],
  });
  const discovery = await running(t, dnsDiscovery, 'names = ["_http._tcp.a.org"]', context);
  await discovery.healthy();
  const own = { ...empty, __meta_dns_name: '_http._tcp.a.org' };
  const byPort = discovery
    .targets()
    .toSorted((left, right) => (String(left.__address__) < String(right.__address__) ? -1 : 1));
  assert.deepEqual(byPort, [
    {
      ...own,
      __address__: 'x.a.org:8080',
      __meta_dns_srv_record_port: '8080',
      __meta_dns_srv_record_target: 'x.a.org.',
    },
    {
      ...own,
      __address__: 'y.a.org:8081',
      __meta_dns_srv_record_port: '8081',
      __meta_dns_srv_record_target: 'y.a.org.',
    },
  ]);
});

for (const [type, record, labels] of [
  ['a', a(10, 0, 0, 1), { __address__: '10.0.0.1:9090' }],
  ['AAAA', [28, Buffer.from([...Buffer.alloc(15), 1])], { __address__: '[::1]:9090' }],
  ['MX', mx('mail.a.org'), { __address__: 'mail.a.org:9090', __meta_dns_mx_record_target: 'mail.a.org.' }],
  ['Ns', ns('ns.a.org'), { __address__: 'ns.a.org:9090', __meta_dns_ns_record_target: 'ns.a.org.' }],
] as const) {
  test(`${type} records take the port of the arguments`, async (t) => {
    const { context } = await nameServer(t, { 'a.org': [record as readonly [number, Buffer]] });
    const discovery = await running(
      t,
      dnsDiscovery,
      `names = ["a.org"]\ntype = "${type}"\nport = 9090`,
      context,
    );
    await discovery.healthy();
    assert.deepEqual(discovery.targets(), [{ ...empty, __meta_dns_name: 'a.org', ...labels }]);
  });
}

const twoNames = 'names = ["a.org", "b.org"]\ntype = "A"\nport = 1';

test('a name that fails keeps its targets, the others get theirs; one that is gone loses them', async (t) => {
  const { context, zone } = await nameServer(t, { 'a.org': [a(10, 0, 0, 1)], 'b.org': [a(10, 0, 0, 2)] });
  const discovery = await running(t, dnsDiscovery, twoNames, context);
  const addresses = () =>
    discovery
      .targets()
      .map(({ __address__ }) => __address__)
      .join();
  await until(() => addresses() === '10.0.0.1:1,10.0.0.2:1');
  zone['a.org'] = 'serverFailure';
  zone['b.org'] = [a(10, 0, 0, 3)];
  await context.clock.advance(30_000);
  await discovery.unhealthy();
  assert.match(discovery.message(), /A records of `a\.org`/);
  assert.equal(addresses(), '10.0.0.1:1,10.0.0.3:1');
  delete zone['a.org'];
  await context.clock.advance(30_000);
  await discovery.healthy();
  assert.equal(addresses(), '10.0.0.3:1');
  assert.match(await context.metrics.metrics(), /lookup_failures_total 1/);
});

test('the search list is tried in its order, and an answer without records ends the search', async (t) => {
  const { context, asked, zone } = await nameServer(t, { 'web.example.org': [a(10, 0, 0, 1)] });
  const discovery = await running(t, dnsDiscovery, 'names = ["web"]\ntype = "A"\nport = 1', context);
  await discovery.healthy();
  assert.deepEqual(asked, ['web.example.org']);
  assert.equal(discovery.targets()[0]?.__meta_dns_name, 'web');
  zone['web.example.org'] = 'noError';
  await context.clock.advance(30_000);
  await until(() => discovery.targets().length === 0);
  assert.equal(discovery.state(), 'healthy');
});

test('ending while a server is silent leaves nothing behind', async (t) => {
  const { context, asked } = await nameServer(t, { 'a.org': 'silent' });
  await running(t, dnsDiscovery, 'names = ["a.org."]\ntype = "A"\nport = 1', context);
  await until(() => asked.length > 0);
});

test('resolv.conf: the number of dots decides whether the name as it is comes first or last', () => {
  const conf = parseResolvConf(
    '# x\nnameserver 1.1.1.1\nnameserver ::1\nsearch a b.\noptions rotate ndots:2\n',
  );
  assert.deepEqual(conf, { servers: ['1.1.1.1', '::1'], search: ['a', 'b.'], ndots: 2 });
  assert.deepEqual(candidateNames('x.y', conf), ['x.y.a.', 'x.y.b.', 'x.y.']);
  assert.deepEqual(candidateNames('x.y.z', conf), ['x.y.z.', 'x.y.z.a.', 'x.y.z.b.']);
  assert.deepEqual(candidateNames('x.', conf), ['x.']);
});

test('arguments that can not work are refused', () => {
  const problem = (text: string) => problemsOf(`names = []\n${text}`, dnsDiscovery.arguments)[0] ?? '';
  assert.match(problem('type = "A"'), /need a `port`/);
  assert.match(problem('type = "TXT"'), /no DNS record type/);
  assert.match(problem('refresh_interval = "0s"'), /greater than zero/);
});
