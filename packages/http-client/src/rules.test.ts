import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsOf } from './decode.test-help.ts';

const cases: readonly (readonly [string, string, RegExp])[] = [
  [
    'a password given twice',
    'basic_auth {\n username = "u"\n password = "p"\n password_file = "/p"\n}',
    /^E0523 .*`password` and `password_file`/,
  ],
  [
    'credentials given twice',
    'authorization {\n credentials = "c"\n credentials_file = "/c"\n}',
    /^E0523 .*`credentials`/,
  ],
  [
    'a client secret given twice',
    'oauth2 {\n client_id = "i"\n token_url = "http://t"\n client_secret = "s"\n client_secret_file = "/s"\n}',
    /^E0523 .*`client_secret`/,
  ],
  ['an authority given twice', 'tls_config {\n ca_pem = "x"\n ca_file = "/x"\n}', /^E0523 .*`ca_pem`/],
  [
    'a key given twice',
    'tls_config {\n cert_file = "/c"\n key_pem = "x"\n key_file = "/x"\n}',
    /^E0523 .*`key_pem`/,
  ],
  ['a type that has a block of its own', 'authorization {\n type = " Basic "\n}', /^E0524 .*`basic`/],
  ['oauth2 without an id', 'oauth2 {\n token_url = "http://t"\n}', /^E0524 .*`client_id`/],
  [
    'oauth2 without a secret',
    'oauth2 {\n client_id = "i"\n client_secret = ""\n token_url = "http://t"\n}',
    /^E0524 .*`client_secret` or a `client_secret_file`/,
  ],
  ['oauth2 without a URL', 'oauth2 {\n client_id = "i"\n client_secret = "s"\n}', /^E0524 .*`token_url`/],
  [
    'a proxy of oauth2 that is none',
    'oauth2 {\n client_id = "i"\n client_secret = "s"\n token_url = "http://t"\n no_proxy = "a"\n}',
    /^E0525 .*`no_proxy`/,
  ],
  ['a certificate without its key', 'tls_config {\n cert_file = "/c"\n}', /^E0526 /],
  ['a key without its certificate', 'tls_config {\n key_pem = "k"\n}', /^E0526 /],
];

for (const [name, text, expected] of cases) {
  test(`${name} is refused`, () => {
    const problems = problemsOf(text);
    assert.equal(problems.length, 1, problems.join('\n'));
    assert.match(problems[0] ?? '', expected);
  });
}

const unusable: readonly (readonly [string, string, RegExp])[] = [
  ['a SOCKS proxy', 'proxy_url = "socks5://p:1080"', /^W0501 .*SOCKS/],
  ['a proxy without a scheme', 'proxy_url = "proxy:3128"', /^W0501 .*`proxy_url`/],
  [
    'a SOCKS proxy on the way to tokens',
    'oauth2 {\n client_id = "i"\n client_secret = "s"\n token_url = "http://t"\n proxy_url = "socks5://h:1"\n}',
    /^W0501 .*SOCKS/,
  ],
  [
    'a token URL without a scheme',
    'oauth2 {\n client_id = "i"\n client_secret = "s"\n token_url = "idp/token"\n}',
    /^W0501 .*`token_url`/,
  ],
  ['a header name with a space', 'http_headers = { "X Y" = ["1"] }', /^W0501 .*"X Y"/],
  ['a header value of two lines', 'http_headers = { "X-Y" = ["1\\nhidden"] }', /^W0501 (?!.*hidden).*"X-Y"/],
];

for (const [name, text, expected] of unusable) {
  test(`${name} loads with a warning`, () => {
    const problems = problemsOf(text);
    assert.equal(problems.length, 1, problems.join('\n'));
    assert.match(problems[0] ?? '', expected);
  });
}

test('an empty secret beside a file is none, and a proxy beside its exceptions may be empty', () => {
  assert.deepEqual(problemsOf('basic_auth {\n password = ""\n password_file = "/p"\n}'), []);
  assert.deepEqual(problemsOf('authorization {\n credentials = ""\n credentials_file = "/c"\n}'), []);
  assert.deepEqual(problemsOf('proxy_url = ""\nno_proxy = "a"'), []);
});

test('a problem never shows a secret', () => {
  const text = 'basic_auth {\n password = "hunter2"\n password_file = "/p"\n}\nbearer_token = "hunter2"';
  assert.doesNotMatch(problemsOf(text).join('\n'), /hunter2/);
});
