import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MapEnvironment } from '@pewter/testkit';
import { bypasses } from './no-proxy.ts';
import { proxyFor } from './proxy-for.ts';

/** Host, whether it is kept from the proxy. The cases are those of the tests of Go's `golang.org/x/net/http/httpproxy`. */
const hosts: readonly (readonly [string, boolean, string])[] = [
  ['localhost', true, 'never proxied'],
  ['127.0.0.1', true, 'never proxied'],
  ['127.0.0.2', true, 'never proxied'],
  ['[::1]', true, 'never proxied'],
  ['[::2]', false, 'not a loopback address'],
  ['192.168.1.1', true, 'an address'],
  ['192.168.1.2', false, 'another port'],
  ['192.168.1.3', true, 'an address and its port'],
  ['192.168.1.4', false, 'not in the list'],
  ['10.0.0.2', true, 'in a range'],
  ['[2001:db8::52:0:1]', true, 'an IPv6 address'],
  ['[2001:db8::52:0:2]', false, 'another port'],
  ['[2001:db8::52:0:3]', true, 'an IPv6 address and its port'],
  ['[2002:db8:a::123]', true, 'in an IPv6 range'],
  ['[fe80::424b:c8be:1643:a1b6]', false, 'not in the list'],
  ['barbaz.net', false, 'a dot in front means what is below'],
  ['www.barbaz.net', true, 'below'],
  ['foobar.com', true, 'the name itself'],
  ['www.foobar.com', true, 'below a name'],
  ['foofoobar.com', false, 'no part of a label'],
  ['baz.com', false, 'no part of a label'],
  ['localhost.net', false, 'no prefix'],
  ['local.localhost', false, 'only localhost itself'],
  ['barbarbaz.net', false, 'no part of a label'],
  ['wildcard.io', false, 'a star in front means what is below'],
  ['nested.wildcard.io', true, 'below'],
  ['awildcard.io', false, 'a star ends at a dot'],
];

const list =
  'foobar.com, .barbaz.net, *.wildcard.io, 192.168.1.1, 192.168.1.2:81, 192.168.1.3:80, 10.0.0.0/30, 2001:db8::52:0:1, [2001:db8::52:0:2]:443, [2001:db8::52:0:3]:80, 2002:db8:a::45/64';

describe('what NO_PROXY keeps from the proxy', () => {
  for (const [host, expected, why] of hosts) {
    test(`${host}: ${why}`, () => {
      assert.equal(bypasses(new URL(`http://${host}/`), list), expected);
      assert.ok(bypasses(new URL(`http://${host}/`), '*'), 'a single star is everything');
    });
  }

  test('what can not be understood is passed over', () => {
    for (const entry of [':1', '10.0.0.0/99', '10.0.0.0/', '/8', '[', ',,'])
      assert.equal(bypasses(new URL('http://example.com/'), entry), false, entry);
    assert.ok(bypasses(new URL('http://example.com/'), ':1, example.com'));
  });

  test('addresses are compared as addresses, however they are written', () => {
    assert.ok(bypasses(new URL('http://[fd00::1]/'), 'FD00:0:0::1'));
    assert.ok(bypasses(new URL('http://[::ffff:10.0.0.1]/'), '10.0.0.1'));
    assert.ok(bypasses(new URL('http://[::ffff:127.0.0.1]/'), ''));
    assert.ok(bypasses(new URL('http://10.0.0.1/'), '::ffff:10.0.0.0/104'));
    assert.ok(!bypasses(new URL('http://10.0.0.1/'), '::/0'), 'a range of IPv6');
  });

  test('brackets without a port and names with a path are names of no host', () => {
    assert.ok(!bypasses(new URL('http://[fd00::1]/'), '[fd00::1]'));
    assert.ok(!bypasses(new URL('http://example.com/x'), 'example.com/x'));
  });

  test('the usual port of a scheme is a port', () => {
    assert.ok(bypasses(new URL('https://example.com/'), 'example.com:443'));
    assert.equal(bypasses(new URL('http://example.com/'), 'example.com:443'), false);
    assert.ok(bypasses(new URL('http://example.com:81/'), 'example.com:81'));
  });
});

interface Case {
  readonly http?: string;
  readonly https?: string;
  readonly none?: string;
  readonly url?: string;
  readonly cgi?: true;
  /** The proxy; undefined for none, an expression for what is thrown. */
  readonly proxy: string | RegExp | undefined;
}

/** The same source; `[1000::%25.example.com]` is left out, since it is no host of a URL here. */
const proxies: readonly Case[] = [
  { http: '127.0.0.1:8080', proxy: 'http://127.0.0.1:8080/' },
  { http: 'cache.corp.example.com:1234', proxy: 'http://cache.corp.example.com:1234/' },
  { http: 'cache.corp.example.com', proxy: 'http://cache.corp.example.com/' },
  { http: 'localhost', proxy: 'http://localhost/' },
  { http: 'https://cache.corp.example.com', proxy: 'https://cache.corp.example.com/' },
  { http: 'http://127.0.0.1:8080', proxy: 'http://127.0.0.1:8080/' },
  { http: 'https://127.0.0.1:8080', proxy: 'https://127.0.0.1:8080/' },
  { http: 'socks5://127.0.0.1', proxy: /scheme socks5 are not supported/ },
  { http: 'foo://host', proxy: /scheme foo are not supported/ },
  {
    http: 'http.proxy.tld',
    https: 'secure.proxy.tld',
    url: 'http://insecure.tld/',
    proxy: 'http://http.proxy.tld/',
  },
  {
    http: 'http.proxy.tld',
    https: 'secure.proxy.tld',
    url: 'https://secure.tld/',
    proxy: 'http://secure.proxy.tld/',
  },
  {
    http: 'http.proxy.tld',
    https: 'https://secure.proxy.tld',
    url: 'https://secure.tld/',
    proxy: 'https://secure.proxy.tld/',
  },
  { http: 'http.proxy.tld', url: 'https://secure.tld/', proxy: undefined },
  { http: 'http://10.1.2.3:8080', cgi: true, proxy: /HTTP_PROXY is not used where REQUEST_METHOD is set/ },
  {
    https: 'https://secure.proxy.tld',
    cgi: true,
    url: 'https://secure.tld/',
    proxy: 'https://secure.proxy.tld/',
  },
  { proxy: undefined },
  { none: 'example.com', http: 'proxy', url: 'http://example.com/', proxy: undefined },
  { none: '.example.com', http: 'proxy', url: 'http://example.com/', proxy: 'http://proxy/' },
  { none: 'ample.com', http: 'proxy', url: 'http://example.com/', proxy: 'http://proxy/' },
  { none: 'example.com', http: 'proxy', url: 'http://foo.example.com/', proxy: undefined },
  { none: '.foo.com', http: 'proxy', url: 'http://example.com/', proxy: 'http://proxy/' },
  { none: '.示例.com', http: 'proxy', url: 'http://www.示例.com', proxy: undefined },
  { none: 'xn--fsq092h.com', http: 'proxy', url: 'http://www.示例.com', proxy: undefined },
  { none: '示例.com', http: 'proxy', url: 'http://www.xn--fsq092h.com', proxy: undefined },
  { http: 'http://[', proxy: undefined },
];

describe('the proxy that the environment names', () => {
  for (const { http = '', https = '', none = '', url = 'http://example.com', cgi, proxy } of proxies) {
    const shown = Object.entries({ http, https, none }).map(([name, value]) => value && `${name}=${value}`);
    test(`${shown.filter(Boolean).join(' ')} ${url}${cgi ? ' under CGI' : ''}`, () => {
      const upper = { HTTP_PROXY: http, HTTPS_PROXY: https, NO_PROXY: none };
      const lower = { http_proxy: http, https_proxy: https, no_proxy: none };
      for (const variables of [upper, lower]) {
        const environment = new MapEnvironment({ ...variables, REQUEST_METHOD: cgi ? 'GET' : '' });
        const find = () => proxyFor(new URL(url), fromEnvironment, environment)?.href;
        if (proxy instanceof RegExp) assert.throws(find, { kind: 'proxy', message: proxy });
        else assert.equal(find(), proxy);
      }
    });
  }

  test('upper case wins', () => {
    const environment = new MapEnvironment({ HTTP_PROXY: 'upper:1', http_proxy: 'lower:2' });
    assert.equal(proxyFor(new URL('http://a.test'), fromEnvironment, environment)?.host, 'upper:1');
  });

  test('is not asked for where it is not asked for', () => {
    const environment = new MapEnvironment({ HTTP_PROXY: 'proxy:1' });
    const args = { ...fromEnvironment, proxy_from_environment: false };
    assert.equal(proxyFor(new URL('http://a.test'), args, environment), undefined);
  });
});

describe('the proxy of the arguments', () => {
  const environment = new MapEnvironment({ NO_PROXY: '*' });
  const proxyOf = (url: string, no_proxy: string) => {
    const args = { ...fromEnvironment, proxy_from_environment: false, proxy_url: 'http://proxy:1', no_proxy };
    return proxyFor(new URL(url), args, environment)?.host;
  };

  test('takes everything, the loopback too, whatever the environment says', () => {
    assert.equal(proxyOf('http://127.0.0.1/', ''), 'proxy:1');
    assert.equal(proxyOf('https://example.com/', ''), 'proxy:1');
  });

  test('with `no_proxy` the loopback and what is listed go straight', () => {
    assert.equal(proxyOf('http://127.0.0.1/', 'example.com'), undefined);
    assert.equal(proxyOf('https://a.example.com/', 'example.com'), undefined);
    assert.equal(proxyOf('http://example.org/', 'example.com'), 'proxy:1');
  });
});

const fromEnvironment = {
  proxy_url: '',
  no_proxy: '',
  proxy_from_environment: true,
  proxy_connect_header: undefined,
};
