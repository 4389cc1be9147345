import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpClientError, type HttpResponse } from '@pewter/http-client';
import { hintOf, pushFailure } from './push-failure.ts';

const answer = (status: number, credentials: boolean): HttpResponse => ({
  status,
  headers: {},
  body: new Uint8Array(),
  url: 'http://h/',
  credentials,
});

test('credentials are asked for where there were none, and said to be refused where there were', () => {
  for (const status of [401, 403]) {
    assert.match(hintOf(answer(status, false)) ?? '', /: give basic_auth/);
    assert.match(hintOf(answer(status, true)) ?? '', /refuses the credentials that it was given/);
  }
});

test('a proxy that cannot be reached is what the advice is about', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const error = HttpClientError.from(cause, 'http://h/', { proxy: 'http://p:3128' });
  const { reason, hint } = pushFailure(error, undefined, 1000);
  assert.match(reason, /^proxy http:\/\/p:3128: connection refused, asked for http:/);
  assert.match(hint ?? '', /^look at proxy_url/);
  const late = new HttpClientError('timeout', 'x', { phase: 'connect', proxy: 'http://p:3128' });
  assert.equal(pushFailure(late, undefined, 1000).reason, 'no answer within 1s through proxy http://p:3128');
});

test('where no answer comes, the advice names the argument to look at', () => {
  const adviceOn = (error: HttpClientError) => pushFailure(error, undefined, 1000).hint ?? '';
  for (const kind of ['refused', 'dns', 'unreachable', 'reset', 'protocol'] as const)
    assert.match(adviceOn(new HttpClientError(kind, 'x')), /\burl\b/, kind);
  assert.match(adviceOn(new HttpClientError('tls', 'x')), /tls_config/);
  assert.match(adviceOn(new HttpClientError('timeout', 'x', { phase: 'connect' })), /\burl\b/);
  assert.match(adviceOn(new HttpClientError('timeout', 'x', { phase: 'headers' })), /remote_timeout/);
  const redirected = new HttpClientError('refused', 'x').after('http://h/');
  assert.match(adviceOn(redirected), /redirects to, and write that as url/);
});

test('nothing is advised on what was ended here', () => {
  assert.equal(pushFailure(new HttpClientError('aborted', 'x'), undefined, 1000).hint, undefined);
});
