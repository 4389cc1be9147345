import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lenient } from './decode.test-help.ts';
import { clientOf, serve } from './loopback.test-help.ts';

test('a password file is read for each request, without the white space around it', async (t) => {
  const { requests, url } = await serve(t);
  const { get, outside } = clientOf(t, 'basic_auth {\n username = "u"\n password_file = "/password"\n}');
  outside.files.write('/password', 'one\n');
  await get(url);
  outside.files.write('/password', ' two ');
  await get(url);
  assert.deepEqual(
    requests.map(({ headers }) => atob(headers.authorization?.replace('Basic ', '') ?? '')),
    ['u:one', 'u:two'],
  );
});

test('authorization is of type Bearer unless another is given', async (t) => {
  const { requests, url } = await serve(t);
  await clientOf(t, 'authorization {\n credentials = "abc"\n}').get(url);
  await clientOf(t, 'authorization {\n type = "Token"\n credentials = "abc"\n}').get(url);
  assert.deepEqual(
    requests.map(({ headers }) => headers.authorization),
    ['Bearer abc', 'Token abc'],
  );
});

test('a credentials file that is not there is an error that names it, until it is', async (t) => {
  const { requests, url } = await serve(t);
  const { get, outside } = clientOf(t, 'authorization {\n credentials_file = "/credentials"\n}');
  await assert.rejects(get(url), { kind: 'file', message: /\/credentials/ });
  outside.files.write('/credentials', 'later\n');
  await get(url);
  assert.equal(requests[0]?.headers.authorization, 'Bearer later');
});

/** The port of a URL, on the host that it names now. */
function onHost(url: string, host: string): string {
  return Object.assign(new URL(url), { hostname: host }).href;
}

const secrets = `bearer_token = "token"
http_headers = { "X-Key" = ["one", "two"], "Cookie" = ["c=1"] }`;

test('credentials go with a redirect to another port; another host gets the other headers of the arguments only', async (t) => {
  const other = await serve(t);
  const { requests, url } = await serve(t, (request, response) => {
    const location = request.url === '/port' ? other.url : onHost(other.url, 'localhost');
    response.writeHead(307, { location }).end();
  });
  const { get } = clientOf(t, secrets);
  await get(`${url}/port`);
  await get(`${url}/host`);
  assert.equal(requests[0]?.headers['x-key'], 'one, two');
  const [port, host] = other.requests.map(({ headers }) => headers);
  assert.deepEqual([port?.authorization, port?.cookie, port?.['x-key']], ['Bearer token', 'c=1', 'one, two']);
  assert.deepEqual([host?.authorization, host?.cookie, host?.['x-key']], [undefined, undefined, 'one, two']);
});

test('credentials stay away once a redirect has left the host, even when another leads back', async (t) => {
  const other = await serve(
    t,
    (_, response) => void response.writeHead(302, { location: `${url}/back` }).end(),
  );
  const { requests, url } = await serve(t, (request, response) => {
    if (request.url === '/back') return void response.end();
    response.writeHead(302, { location: onHost(other.url, 'localhost') }).end();
  });
  await clientOf(t, secrets).get(url);
  assert.equal(requests[1]?.url, '/back');
  assert.equal(requests[1]?.headers.authorization, undefined);
});

test('user and password of a URL count before those of the arguments', async (t) => {
  const { requests, url } = await serve(t);
  await clientOf(t, 'bearer_token = "token"').get(url.replace('//', '//user:p%40ss@'));
  assert.equal(requests[0]?.headers.authorization, `Basic ${btoa('user:p@ss')}`);
});

test('an empty token file is sent as such, and an empty token is none', async (t) => {
  const { requests, url } = await serve(t);
  const { get, outside } = clientOf(t, 'bearer_token_file = "/token"');
  outside.files.write('/token', '\n');
  await get(url);
  await clientOf(t, 'bearer_token = ""').get(url);
  assert.deepEqual(
    requests.map(({ headers }) => headers.authorization),
    ['Bearer', undefined],
  );
});

test('http_headers are sent in addition to those of a request, in UTF-8, without those that belong to a connection', async (t) => {
  const { requests, url } = await serve(t);
  const text = `http_headers = {
    "X-Name"            = ["ärger"],
    "Accept"            = ["a/b"],
    "X-None"            = [],
    "Transfer-Encoding" = ["chunked"],
    "Expect"            = ["100-continue"],
  }`;
  await clientOf(t, text).get(url, { headers: { accept: 'c/d' } });
  const { headers } = requests[0] ?? assert.fail();
  assert.equal(Buffer.from(String(headers['x-name']), 'latin1').toString(), 'ärger');
  assert.equal(headers.accept, 'c/d, a/b');
  assert.deepEqual(
    [headers['x-none'], headers['transfer-encoding'], headers.expect],
    [undefined, undefined, undefined],
  );
});

const waysToAuthenticate = {
  basic_auth: 'basic_auth {\n username = "u"\n}',
  bearer_token: 'bearer_token = "b"',
  authorization: 'authorization {\n type = "Token"\n credentials = "a"\n}',
};
for (const [ways, expected] of [
  [['basic_auth', 'bearer_token', 'authorization'], `Basic ${btoa('u:')}`],
  [['bearer_token', 'authorization'], 'Bearer b'],
  [['authorization'], 'Token a'],
] as const) {
  test(`of ${ways.join(', ')} the first counts, and credentials in the URL before all`, async (t) => {
    const { requests, url } = await serve(t);
    const { get } = clientOf(t, ways.map((way) => waysToAuthenticate[way]).join('\n'), undefined, lenient);
    await get(url);
    await get(url.replace('//', '//v:w%40@'));
    assert.deepEqual(
      requests.map(({ headers }) => headers.authorization),
      [expected, `Basic ${btoa('v:w@')}`],
    );
  });
}

test('a secret in the config counts before that of a file', async (t) => {
  const { requests, url } = await serve(t);
  await clientOf(t, 'bearer_token = "b"\nbearer_token_file = "/none"', undefined, lenient).get(url);
  assert.equal(requests[0]?.headers.authorization, 'Bearer b');
});

test('the header that a request brings along counts before the arguments, and so does one of http_headers', async (t) => {
  const { requests, url } = await serve(t);
  const headers = { authorization: 'own' };
  await clientOf(t, 'bearer_token = "b"').get(url.replace('//', '//u:p@'), { headers });
  const text = 'bearer_token = "b"\nhttp_headers = { "Authorization" = ["other"], "User-Agent" = ["x"] }';
  await clientOf(t, text, undefined, lenient).get(url);
  assert.deepEqual(
    requests.map(({ headers }) => headers.authorization),
    ['own', 'other'],
  );
  assert.equal(requests[1]?.headers['user-agent'], 'test');
});
