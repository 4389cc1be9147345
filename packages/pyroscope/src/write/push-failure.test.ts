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
