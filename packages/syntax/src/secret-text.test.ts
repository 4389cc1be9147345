import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSecretName, withoutPasswords } from './secret-text.ts';

describe('isSecretName', () => {
  test('knows names of credentials, alone and behind a prefix', () => {
    for (const name of [
      'password',
      'bearer_token',
      'Authorization',
      'Proxy-Authorization',
      'Cookie',
      'X-Api-Key',
    ])
      assert.ok(isSecretName(name), name);
    for (const name of ['client_secret', 'credentials', 'license_key', 'apikey', 'http_headers'])
      assert.ok(isSecretName(name), name);
  });

  test('leaves names plain that only sound alike', () => {
    for (const name of ['token_url', 'password_file', 'X-Scope-OrgID', 'monkey', 'key', 'secretary'])
      assert.ok(!isSecretName(name), name);
  });
});

describe('withoutPasswords', () => {
  test('shows the password of each URL as Go does, and the rest as it stands', () => {
    const cases = {
      'http://user:pa%24s@host:1/p?q#f': 'http://user:xxxxx@host:1/p?q#f',
      'see ftp://a:b:c@x, http://u:p@y/': 'see ftp://a:xxxxx@x, http://u:xxxxx@y/',
      'http://:only@x': 'http://:xxxxx@x',
      'http://h?token=http://u:p@x, http://u:p@y': 'http://h?token=xxxxx http://u:xxxxx@y',
      'http://h/p?a=1&access_token=t0p&b=2#f': 'http://h/p?a=1&access_token=xxxxx&b=2#f',
      'postgres://u:with@sign@db/x': 'postgres://u:xxxxx@db/x',
    };
    for (const [text, shown] of Object.entries(cases)) assert.equal(withoutPasswords(text), shown);
  });

  test('changes no text without one', () => {
    for (const text of [
      'http://host:80/a:b@c',
      'http://user@host',
      'http://user:@host',
      'a:b@c',
      'mailto:a@b',
      '',
    ])
      assert.equal(withoutPasswords(text), text);
  });
});
