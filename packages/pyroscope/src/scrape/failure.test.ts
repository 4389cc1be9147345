import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HttpClientError } from '@pewter/http-client';
import {
  contentTypeFailure,
  internalFailure,
  notProfileFailure,
  requestFailure,
  statusFailure,
} from './failure.ts';

const url = 'http://h:1/debug/pprof/profile';
const facts = { url, timeoutMs: 1000, measured: false };
const bare = { body: '', credentials: false };

describe('a failure explains itself', () => {
  const refusal = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:1'), { code: 'ECONNREFUSED' });
  const notTls = Object.assign(new Error('wrong version number'), { code: 'ERR_SSL_WRONG_VERSION_NUMBER' });
  const untrusted = Object.assign(new Error('self-signed certificate'), {
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  const closed = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
  for (const [name, kind, cause, message, hint] of [
    ['nothing listens', 'refused', refusal, /refused.*h:1.*ECONNREFUSED/, /__address__/],
    ['plain HTTP where TLS was expected', 'tls', notTls, /TLS.*does not speak TLS/, /^set scheme = "http"$/],
    ['a certificate that is not trusted', 'tls', untrusted, /TLS.*self-signed/, /ca_file/],
    ['a connection that is closed', 'reset', closed, /closed/, /https/],
  ] as const) {
    test(name, () => {
      const failure = requestFailure(facts, HttpClientError.from(cause, url));
      assert.equal(failure.kind, kind);
      assert.match(failure.message, message);
      assert.match(failure.hint ?? '', hint);
    });
  }

  for (const [phase, message] of [
    ['headers', `no answer from ${url} within 1.5s`],
    ['connect', `no connection to ${url} within 1.5s`],
    ['body', `the body did not arrive whole from ${url} within 1.5s`],
  ] as const) {
    test(`no time left in the ${phase}`, () => {
      const failure = requestFailure(
        { ...facts, timeoutMs: 1500 },
        new HttpClientError('timeout', 'x', { phase }),
      );
      assert.deepEqual([failure.kind, failure.message], ['timeout', message]);
      assert.match(failure.hint ?? '', phase === 'connect' ? /__address__/ : /scrape_timeout/);
    });
  }

  test('only what is measured for seconds can be made shorter', () => {
    const error = new HttpClientError('timeout', 'x', { phase: 'headers' });
    assert.equal(requestFailure(facts, error).hint, 'raise scrape_timeout');
    assert.match(requestFailure({ ...facts, measured: true }, error).hint ?? '', /delta_profiling_duration/);
  });

  test('an answer that breaks off is no reason to try another protocol', () => {
    const late = HttpClientError.from(closed, url, { phase: 'body' });
    assert.match(requestFailure(facts, late).hint ?? '', /^look whether the target ends/);
  });

  test('a proxy that cannot be reached, and not the target behind it', () => {
    const error = HttpClientError.from(refusal, url, { proxy: 'http://p:3128' });
    const { kind, message, hint } = requestFailure(facts, error);
    assert.equal(kind, 'proxy');
    assert.match(message, /^proxy http:\/\/p:3128: connection refused, asked for http:\/\/h:1\//);
    assert.match(hint ?? '', /^look at proxy_url/);
    const late = new HttpClientError('timeout', 'x', { phase: 'connect', proxy: 'http://p:3128' });
    assert.match(requestFailure(facts, late).message, /through proxy http:\/\/p:3128 within/);
    assert.match(requestFailure(facts, late).hint ?? '', /^look at proxy_url/);
  });

  test('credentials that were given and refused are not asked for', () => {
    for (const status of [401, 403]) {
      const hint = statusFailure(status, url, { ...bare, credentials: true }).hint ?? '';
      assert.match(hint, /refuses the credentials that it was given/);
      assert.match(statusFailure(status, url, bare).hint ?? '', /: give basic_auth/);
    }
  });

  test('what came of a redirect, with advice about that and not about the address', () => {
    const error = new HttpClientError('refused', 'x').after('http://a/');
    assert.match(requestFailure(facts, error).hint ?? '', /redirects to/);
  });

  test('a status, with the beginning of what came', () => {
    assert.equal(
      statusFailure(404, url, { ...bare, body: '"nope"' }).message,
      `server returned HTTP status (404) for ${url}: "nope"`,
    );
    assert.match(statusFailure(404, url, bare).hint ?? '', /path/);
    assert.match(statusFailure(401, url, bare).hint ?? '', /credentials/);
    assert.match(statusFailure(302, url, bare).hint ?? '', /follow_redirects/);
    assert.equal(statusFailure(418, url, bare).hint, undefined);
  });

  test('a CPU profile that somebody else takes', () => {
    const body = '"Could not enable CPU profiling: cpu profiling already in use"';
    assert.match(statusFailure(500, url, { ...bare, body }).hint ?? '', /one CPU profile at a time/);
  });

  for (const [kind, hint] of [
    ['empty', /no such profile/],
    ['html', /pprof endpoint/],
    ['gzip-truncated', /proxy/],
    ['truncated', /proxy/],
    ['gzip-damaged', /pprof endpoint/],
    ['not-pprof', /pprof endpoint/],
  ] as const) {
    test(`a body that is ${kind}, by that name`, () => {
      const fetched = { bytes: Buffer.from('x'), statusCode: 200 };
      const failure = notProfileFailure(url, { kind, message: 'what it is' }, fetched);
      assert.equal(failure.kind, kind);
      assert.equal(failure.message, `${url} answered 200 with 1 bytes: what it is`);
      assert.match(failure.hint ?? '', hint);
    });
  }

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
