import assert from 'node:assert/strict';
import { test } from 'node:test';
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

test('headers of the arguments are sent with all their values, and not on to another host', async (t) => {
  const other = await serve(t);
  const { requests, url } = await serve(t, (request, response) => {
    response.writeHead(307, { location: request.url === '/a' ? '/b' : other.url }).end();
  });
  await clientOf(t, 'http_headers = { "X-Key" = ["one", "two"] }').get(`${url}/a`);
  assert.deepEqual(
    requests.map(({ headers }) => headers['x-key']),
    ['one, two', 'one, two'],
  );
  assert.equal(other.requests.length, 1);
  assert.equal(other.requests[0]?.headers['x-key'], undefined);
});
