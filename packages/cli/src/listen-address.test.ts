import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseListenAddress } from './listen-address.ts';

test('an address is a host and a port', () => {
  assert.deepEqual(parseListenAddress('127.0.0.1:12345'), { host: '127.0.0.1', port: 12345 });
  assert.deepEqual(parseListenAddress('[::1]:0'), { host: '::1', port: 0 });
  assert.deepEqual(parseListenAddress(':4040'), { host: '0.0.0.0', port: 4040 });
});

test('anything else is refused with an example', () => {
  for (const text of ['', 'localhost', '4040', 'a:b', '127.0.0.1:99999', '::1:80']) {
    assert.throws(() => parseListenAddress(text), { name: 'CommandError', message: /give HOST:PORT/ });
  }
});
