import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HttpClientError } from '@pewter/http-client';
import { contentTypeFailure, internalFailure, requestFailure, statusFailure } from './failure.ts';

const url = 'http://h:1/debug/pprof/profile';

describe('a failure explains itself', () => {
  const refusal = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:1'), { code: 'ECONNREFUSED' });
  const notTls = Object.assign(new Error('wrong version number'), { code: 'ERR_SSL_WRONG_VERSION_NUMBER' });
  const untrusted = Object.assign(new Error('self-signed certificate'), {
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  const closed = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
  for (const [name, cause, message, hint] of [
    ['nothing listens', refusal, /refused.*h:1.*ECONNREFUSED/, /__address__/],
    ['plain HTTP where TLS was expected', notTls, /TLS.*wrong version/, /^set scheme = "http"$/],
    ['a certificate that is not trusted', untrusted, /TLS.*self-signed/, /ca_file/],
    ['a connection that is closed', closed, /closed/, /https/],
  ] as const) {
    test(name, () => {
      const failure = requestFailure(url, 1000, HttpClientError.from(cause, url));
      assert.equal(failure.kind, 'request');
      assert.match(failure.message, message);
      assert.match(failure.hint ?? '', hint);
    });
  }

  for (const [phase, message] of [
    ['headers', `no answer from ${url} within 1.5s`],
    ['connect', `no answer from ${url} within 1.5s`],
    ['body', `the body did not arrive whole from ${url} within 1.5s`],
  ] as const) {
    test(`no time left in the ${phase}`, () => {
      const failure = requestFailure(url, 1500, new HttpClientError('timeout', 'x', { phase }));
      assert.deepEqual([failure.kind, failure.message], ['timeout', message]);
      assert.match(failure.hint ?? '', /scrape_timeout/);
    });
  }

  test('a status, with the beginning of what came', () => {
    assert.equal(
      statusFailure(404, url, '"nope"').message,
      `server returned HTTP status (404) for ${url}: "nope"`,
    );
    assert.match(statusFailure(404, url, '').hint ?? '', /path/);
    assert.match(statusFailure(401, url, '').hint ?? '', /credentials/);
    assert.match(statusFailure(302, url, '').hint ?? '', /follow_redirects/);
    assert.equal(statusFailure(418, url, '').hint, undefined);
  });

  test('a type that is no profile', () => {
    const failure = contentTypeFailure('text/html', url, Buffer.from('<html>'), 200);
    assert.match(failure.message, /Content-Type "text\/html".*"<html>"/);
    assert.equal(failure.statusCode, 200);
  });

  test('a fault of the program itself, with no advice', () => {
    const failure = internalFailure(url, new TypeError('x is not a function'));
    assert.deepEqual(
      [failure.kind, failure.message, failure.hint],
      ['internal', `${url}: x is not a function`, undefined],
    );
  });
});
