import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lenientHttpClientRules } from './http-client-rules.ts';
import { urlKind, usableUrl } from './url-kind.ts';

describe('a URL argument', () => {
  test('is taken as Go takes it, and refused as Go refuses it', () => {
    for (const text of ['', '8080', 'http://', 'http://h/?a=%zz']) assert.equal(urlKind.parse(text), text);
    for (const text of ['http://h/%zz', ':8080', 'http://h:port/'])
      assert.throws(() => urlKind.parse(text), /URL/);
  });

  test('is warned of where no request can be sent to it', () => {
    const said = (url: string) => usableUrl('url').check({ url }, new Set());
    for (const url of ['', '8080', 'gopher://h/', '/path']) assert.equal(said(url)?.severity, 'warning', url);
    assert.equal(said('https://h/path'), undefined);
  });

  test('is warned of for the part of it that is wrong', () => {
    const said = (url: string) => {
      const { message = '', hint = '' } = usableUrl('url').check({ url }, new Set()) ?? {};
      return `${message}; ${hint}`;
    };
    for (const [url, about] of [
      ['http:/127.0.0.1', /has no host/],
      ['http://:4040', /has no host/],
      ['http://user@/', /has no host/],
      ['http://h:99999', /the port 99999, and the highest is 65535/],
      ['http://h:port', /`:port` is no port/],
      ['http://a b', /the host has the character/],
      ['http://h/%zz', /`%zz` is no escape/],
      [`http://\${HOST}:4040`, /`\$\{HOST\}`.* sys\.env\("HOST"\)/],
      ['http://me:secret@$HOST/x', /has `\$HOST`/],
      ['https://h:$PORT/', /has `\$PORT`/],
    ] as const)
      assert.match(said(url), about, url);
    for (const url of [
      'HTTP://h',
      'http://h:65535',
      'http://h:/',
      'http://[::1]:80',
      'http://u:p$x@h/$a',
      'http://münchen.example',
    ])
      assert.equal(said(url), '; ', url);
  });

  test('that lacks only its scheme is shown with it', () => {
    const hint = (url: string) => usableUrl('url').check({ url }, new Set())?.hint;
    for (const url of ['localhost', 'pyroscope:4040', '10.0.0.1:4040/path', '[::1]:4040'])
      assert.equal(hint(url), `add its scheme: \`http://${url}\``);
    for (const url of ['gopher://h/', '/path']) assert.match(hint(url) ?? '', /^write it with/);
  });
});

describe('the rules of a component that looks at each block by itself', () => {
  const said = (args: Readonly<Record<string, unknown>>) =>
    lenientHttpClientRules.flatMap((rule) => rule.check(args, new Set(Object.keys(args))) ?? []);

  test('warn of proxies that contradict each other, and of reserved headers', () => {
    const proxies = said({ proxy_url: 'http://p:1', proxy_from_environment: true, no_proxy: '' });
    assert.deepEqual(
      proxies.map(({ severity }) => severity),
      ['warning'],
    );
    const headers = said({ http_headers: new Map([['Authorization', []]]) });
    assert.deepEqual(
      headers.map(({ severity }) => severity),
      ['warning'],
    );
  });

  test('refuse what one block says that cannot be', () => {
    const wrong = said({ authorization: { type: 'basic', credentials: undefined, credentials_file: '' } });
    assert.deepEqual(
      wrong.map(({ severity }) => severity),
      [undefined],
    );
  });
});
