import assert from 'node:assert/strict';
import { type TestContext as NodeTest, test } from 'node:test';
import { MapEnvironment, testContext } from '@pewter/testkit';
import { problemsOf } from './decode.test-help.ts';
import { ec2Arguments } from './ec2/arguments.ts';
import { missingOr } from './ec2/vendor.ts';
import { ec2Discovery } from './ec2.ts';
import { type Answer, half, running, until, upstream } from './running.test-help.ts';

const namespace = 'xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"';

const zones = `<DescribeAvailabilityZonesResponse ${namespace}><availabilityZoneInfo>
  <item><zoneName>eu-1a</zoneName><zoneId>euz1-az2</zoneId></item>
</availabilityZoneInfo></DescribeAvailabilityZonesResponse>`;

const page = (instances: string, next = '') =>
  `<DescribeInstancesResponse ${namespace}><reservationSet><item><ownerId>42</ownerId>
  <instancesSet>${instances}</instancesSet></item></reservationSet>${next}</DescribeInstancesResponse>`;

const instance = (id: string, more: string) =>
  `<item><instanceId>${id}</instanceId><imageId>ami-1</imageId><instanceType>t3.small</instanceType>
  <instanceState><code>16</code><name>running</name></instanceState>
  <placement><availabilityZone>eu-1a</availabilityZone></placement>${more}</item>`;

const plain = instance('i-1', '<privateIpAddress>10.0.0.1</privateIpAddress>');

const full = instance(
  'i-2',
  `<privateIpAddress>10.0.0.2</privateIpAddress><privateDnsName>two.internal</privateDnsName>
  <ipAddress>192.0.2.2</ipAddress><dnsName>two.example</dnsName><platform>windows</platform>
  <instanceLifecycle>spot</instanceLifecycle><architecture>x86_64</architecture>
  <vpcId>vpc-1</vpcId><subnetId>subnet-a</subnetId>
  <networkInterfaceSet>
    <item><subnetId>subnet-a</subnetId><attachment><deviceIndex>0</deviceIndex></attachment>
      <ipv6AddressesSet><item><ipv6Address>fd00::1</ipv6Address></item></ipv6AddressesSet></item>
    <item><subnetId>subnet-b</subnetId><attachment><deviceIndex>2</deviceIndex></attachment>
      <ipv6AddressesSet><item><ipv6Address>fd00::2</ipv6Address><isPrimaryIpv6>true</isPrimaryIpv6></item>
      </ipv6AddressesSet></item>
    <item><subnetId>subnet-a</subnetId></item>
  </networkInterfaceSet>
  <tagSet><item><key>team:name</key><value>a b</value></item><item><key>empty</key><value/></item></tagSet>`,
);

/** By what is asked for; the body of each request is kept in `asked`. */
function endpoint(
  answers: Readonly<Record<string, (form: URLSearchParams) => string>>,
  asked: string[] = [],
) {
  const answer: Answer = async (response, request) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    asked.push(text);
    const form = new URLSearchParams(text);
    const body = answers[form.get('Action') ?? '']?.(form) ?? '';
    const code = /<Code>/.test(body) ? 401 : 200;
    response.writeHead(code, { 'content-type': 'text/xml', connection: 'close' }).end(body);
  };
  return answer;
}

const usual = {
  DescribeAvailabilityZones: () => zones,
  DescribeInstances: () => page(plain),
};

const keys = 'access_key = "AKID"\nsecret_key = "hidden"\nregion = "eu-1"\n';
const configOf = (url: string, more = '') => `${keys}endpoint = "${url}"\n${more}`;

async function start(t: NodeTest, answer: Answer, more = '') {
  const server = await upstream(t, answer);
  return { server, discovery: await running(t, ec2Discovery, configOf(server.url, more)) };
}

test('discovery.ec2: what every instance has', async (t) => {
  const { discovery } = await start(t, endpoint(usual));
  await discovery.healthy();
  assert.deepEqual(discovery.targets(), [
    {
      __address__: '10.0.0.1:80',
      __meta_ec2_ami: 'ami-1',
      __meta_ec2_availability_zone: 'eu-1a',
      __meta_ec2_availability_zone_id: 'euz1-az2',
      __meta_ec2_instance_id: 'i-1',
      __meta_ec2_instance_state: 'running',
      __meta_ec2_instance_type: 't3.small',
      __meta_ec2_owner_id: '42',
      __meta_ec2_private_ip: '10.0.0.1',
      __meta_ec2_region: 'eu-1',
    },
  ]);
});

test('discovery.ec2: an instance in a VPC, with a public address, tags and IPv6', async (t) => {
  const { discovery } = await start(t, endpoint({ ...usual, DescribeInstances: () => page(full) }));
  await discovery.healthy();
  const [target = {}] = discovery.targets();
  const shown = Object.fromEntries(
    Object.entries(target).filter(([name]) =>
      /public|private_dns|vpc|subnet|ipv6|tag|plat|life|arch/.test(name),
    ),
  );
  assert.deepEqual(shown, {
    __meta_ec2_architecture: 'x86_64',
    __meta_ec2_default_ipv6_address: 'fd00::2',
    __meta_ec2_instance_lifecycle: 'spot',
    __meta_ec2_ipv6_addresses: ',fd00::1,fd00::2,',
    __meta_ec2_platform: 'windows',
    __meta_ec2_primary_ipv6_addresses: ',,,fd00::2,',
    __meta_ec2_primary_subnet_id: 'subnet-a',
    __meta_ec2_private_dns_name: 'two.internal',
    __meta_ec2_public_dns_name: 'two.example',
    __meta_ec2_public_ip: '192.0.2.2',
    __meta_ec2_subnet_id: ',subnet-a,subnet-b,',
    __meta_ec2_tag_empty: '',
    __meta_ec2_tag_team_name: 'a b',
    __meta_ec2_vpc_id: 'vpc-1',
  });
});

test('discovery.ec2: without an IPv4 address the IPv6 one counts, without any the instance is left out', async (t) => {
  const six = instance(
    'i-6',
    `<vpcId>v</vpcId><networkInterfaceSet><item><subnetId>s</subnetId><ipv6AddressesSet>
    <item><ipv6Address>fd00::6</ipv6Address></item></ipv6AddressesSet></item></networkInterfaceSet>`,
  );
  const answer = endpoint({ ...usual, DescribeInstances: () => page(six + instance('i-0', '')) });
  const { discovery } = await start(t, answer, 'port = 9100');
  await discovery.healthy();
  assert.deepEqual(
    discovery.targets().map(({ __address__ }) => __address__),
    ['[fd00::6]:9100'],
  );
});

test('discovery.ec2: signed requests, filters, pages; the zones are asked for once', async (t) => {
  const asked: string[] = [];
  const pages = (form: URLSearchParams) =>
    form.get('NextToken') === null
      ? page(plain, '<nextToken>more</nextToken>')
      : page(instance('i-3', '<privateIpAddress>10.0.0.3</privateIpAddress>'));
  const answer = endpoint({ ...usual, DescribeInstances: pages }, asked);
  const { server, discovery } = await start(t, answer, 'filter {\n name = "tag:a"\n values = ["x", "y"]\n}');
  await discovery.healthy();
  assert.equal(discovery.targets().length, 2);
  await discovery.context.clock.advance(60_000);
  await until(() => asked.length === 5);
  assert.deepEqual(
    asked.map((text) => new URLSearchParams(text).get('Action')),
    ['DescribeAvailabilityZones', ...Array(4).fill('DescribeInstances')],
  );
  const [, first, second] = asked.map((text) => Object.fromEntries(new URLSearchParams(text)));
  assert.deepEqual(first, {
    Action: 'DescribeInstances',
    Version: '2016-11-15',
    'Filter.1.Name': 'tag:a',
    'Filter.1.Value.1': 'x',
    'Filter.1.Value.2': 'y',
  });
  assert.equal(second?.NextToken, 'more');
  const [request] = server.requests;
  assert.match(
    request?.headers.authorization ?? '',
    /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-1\/ec2\/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$/,
  );
});

const refusal = (code: string) =>
  `<Response><Errors><Error><Code>${code}</Code><Message>no such key</Message></Error></Errors><RequestID>1</RequestID></Response>`;

test('discovery.ec2: refused credentials keep the last targets, and say so; new ones count afterwards', async (t) => {
  const { server, discovery } = await start(t, endpoint(usual));
  await discovery.healthy();
  server.answers(endpoint({ ...usual, DescribeInstances: () => refusal('AuthFailure') }));
  await discovery.context.clock.advance(60_000);
  await discovery.unhealthy();
  assert.match(discovery.message(), /AuthFailure: no such key/);
  assert.doesNotMatch(discovery.message(), /hidden/);
  assert.equal(discovery.targets().length, 1);
  server.answers(endpoint(usual));
  await discovery.context.clock.advance(60_000);
  await discovery.healthy();
});

test('discovery.ec2: a later page that fails tells nothing of the pages before', async (t) => {
  const pages = (form: URLSearchParams) =>
    form.get('NextToken') === null ? page(plain, '<nextToken>more</nextToken>') : refusal('InvalidToken');
  const { discovery } = await start(t, endpoint({ ...usual, DescribeInstances: pages }));
  await discovery.unhealthy();
  assert.deepEqual(discovery.targets(), []);
});

test('discovery.ec2: unknown zones leave an empty label, and are asked for again', async (t) => {
  const asked: string[] = [];
  const refusing = { ...usual, DescribeAvailabilityZones: () => refusal('UnauthorizedOperation') };
  const { discovery } = await start(t, endpoint(refusing, asked));
  await discovery.healthy();
  assert.equal(discovery.targets()[0]?.__meta_ec2_availability_zone_id, '');
  await discovery.context.clock.advance(60_000);
  await until(() => asked.length >= 4);
  assert.equal(asked.filter((text) => text.includes('DescribeAvailabilityZones')).length, 2);
});

for (const [name, answer] of [
  ['garbage', endpoint({ ...usual, DescribeInstances: () => '<a><b>' })],
  ['half an answer', half],
] as const) {
  test(`discovery.ec2, ${name}: unhealthy, the last targets stay`, async (t) => {
    const { server, discovery } = await start(t, endpoint(usual));
    await discovery.healthy();
    server.answers(answer);
    await discovery.context.clock.advance(60_000);
    await discovery.unhealthy();
    assert.equal(discovery.targets().length, 1);
  });
}

test('discovery.ec2: keys and session token of the environment', async (t) => {
  const server = await upstream(t, endpoint(usual));
  const environment = new MapEnvironment({
    AWS_ACCESS_KEY_ID: 'ENVID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
  });
  const config = `region = "eu-1"\nendpoint = "${server.url}"`;
  const discovery = await running(t, ec2Discovery, config, testContext<unknown>({ environment }));
  await discovery.healthy();
  assert.match(server.requests[0]?.headers.authorization ?? '', /Credential=ENVID\//);
  assert.equal(server.requests[0]?.headers['x-amz-security-token'], 'session');
});

test('discovery.ec2: a role is assumed with the keys', async (t) => {
  const assumed = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <Credentials><AccessKeyId>ROLEID</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
    <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
  const asked: string[] = [];
  const server = await upstream(t, endpoint({ ...usual, AssumeRole: () => assumed }, asked));
  const environment = new MapEnvironment({ AWS_ENDPOINT_URL_STS: server.url });
  const config = configOf(server.url, 'role_arn = "arn:aws:iam::1:role/r"');
  const discovery = await running(t, ec2Discovery, config, testContext<unknown>({ environment }));
  await discovery.healthy();
  assert.match(asked[0] ?? '', /Action=AssumeRole.*RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr/);
  assert.match(server.requests[0]?.headers.authorization ?? '', /Credential=AKID\//);
  assert.match(server.requests[1]?.headers.authorization ?? '', /Credential=ROLEID\//);
});

test('discovery.ec2: the region of the instance that it runs on', async (t) => {
  const metadata = await upstream(t, (response, request) => {
    const known = request.method === 'PUT' ? 'token' : request.headers['x-aws-ec2-metadata-token'];
    response.writeHead(known === 'token' ? 200 : 401, { connection: 'close' });
    response.end(request.method === 'PUT' ? 'token' : 'eu-9');
  });
  const server = await upstream(t, endpoint(usual));
  const environment = new MapEnvironment({ AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url });
  const config = `access_key = "A"\nsecret_key = "s"\nendpoint = "${server.url}"`;
  const discovery = await running(t, ec2Discovery, config, testContext<unknown>({ environment }));
  await discovery.healthy();
  assert.equal(discovery.targets()[0]?.__meta_ec2_region, 'eu-9');
});

test('discovery.ec2: no region anywhere is said', async (t) => {
  const environment = new MapEnvironment({ AWS_EC2_METADATA_DISABLED: 'true' });
  const discovery = await running(t, ec2Discovery, '', testContext<unknown>({ environment }));
  await discovery.unhealthy();
  assert.match(discovery.message(), /no `region` is given, and the instance metadata does not tell it/);
});

test('discovery.ec2: a client that is not installed says how to install it', () => {
  const absent = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
  const error = missingOr(absent);
  assert.match(String(error), /npm install @aws-sdk\/client-ec2 @aws-sdk\/credential-providers/);
  const other = new Error('broken');
  assert.equal(missingOr(other), other);
});

test('discovery.ec2: a filter without values and an interval of zero are refused at load', () => {
  const problems = problemsOf(
    'filter {\n name = "x"\n values = []\n}\nrefresh_interval = "0s"',
    ec2Arguments,
  );
  assert.match(problems.join('\n'), /a filter needs at least one value/);
  assert.match(problems.join('\n'), /`refresh_interval` must be greater than zero/);
});
