import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refusal } from './same-site.ts';

describe('a request that changes state', () => {
  test('passes when a program on this machine sends it', () => {
    for (const host of ['127.0.0.1:12345', 'localhost:12345', '[::1]:12345', 'pewter.localhost:1']) {
      assert.equal(refusal({ host }, '127.0.0.1'), undefined, host);
    }
  });

  test('is refused when a name that is not ours was pointed at this machine', () => {
    assert.match(refusal({ host: 'evil.example:12345' }, '127.0.0.1') ?? '', /names evil\.example/);
    assert.match(refusal({}, 'localhost') ?? '', /names nobody/);
  });

  test('passes under any name when the server listens beyond the loopback interface', () => {
    assert.equal(refusal({ host: 'pewter.monitoring:12345' }, '0.0.0.0'), undefined);
  });

  test('is refused when a page of another origin sends it', () => {
    const host = 'localhost:12345';
    for (const origin of ['https://evil.example', 'http://localhost:1', 'null']) {
      assert.match(refusal({ host, origin }, '127.0.0.1') ?? '', /another origin/, origin);
    }
    assert.equal(refusal({ host, origin: 'http://localhost:12345' }, '127.0.0.1'), undefined);
  });

  test('is refused when the browser says that another site sent it', () => {
    const host = 'localhost:12345';
    for (const site of ['cross-site', 'same-site']) {
      assert.match(refusal({ host, 'sec-fetch-site': site }, '0.0.0.0') ?? '', /another site/);
    }
    for (const site of ['same-origin', 'none']) {
      assert.equal(refusal({ host, 'sec-fetch-site': site }, '0.0.0.0'), undefined);
    }
  });
});
