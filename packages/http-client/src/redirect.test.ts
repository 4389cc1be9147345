import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redirected, type Step } from './redirect.ts';

const post: Step = {
  method: 'POST',
  url: 'http://a.test/ingest',
  headers: { 'Content-Type': 'application/octet-stream', 'X-Scope-OrgID': 't1' },
  body: 'x',
  firstUrl: 'http://a.test/ingest',
  referer: undefined,
  foreign: false,
};

test('a redirect that drops the body drops the headers that speak of it, and keeps the others', () => {
  assert.deepEqual(redirected(post, 302, '/elsewhere'), {
    ...post,
    method: 'GET',
    url: 'http://a.test/elsewhere',
    headers: { 'X-Scope-OrgID': 't1' },
    body: undefined,
    referer: 'http://a.test/ingest',
  });
});

test('a redirect that keeps the method keeps body and headers', () => {
  const next = redirected(post, 307, '/elsewhere');
  assert.equal(next?.body, 'x');
  assert.equal(next?.headers['Content-Type'], 'application/octet-stream');
});

test('a redirect without a place to go to is the last answer', () => {
  assert.equal(redirected(post, 302, undefined), undefined);
  assert.equal(redirected(post, 302, ''), undefined);
  assert.equal(redirected(post, 304, '/elsewhere'), undefined);
});

for (const [from, to, foreign] of [
  ['http://a.test', 'https://a.test:8443', false],
  ['http://a.test:8080', 'http://a.test', false],
  ['http://a.test', 'http://b.a.test', false],
  ['http://b.a.test', 'http://a.test', true],
  ['http://a.test', 'http://xa.test', true],
  ['http://a.test', 'http://b.test', true],
  ['https://a.test', 'http://a.test', true],
  ['http://10.0.0.1', 'http://10.0.0.1:81', false],
  ['http://[::1]:1', 'http://[::1]:2', false],
] as const) {
  test(`credentials ${foreign ? 'stay at home' : 'go along'} from ${from} to ${to}`, () => {
    const step = { ...post, url: from, firstUrl: from, headers: { Authorization: 'x', Cookie: 'y' } };
    const next = redirected(step, 302, to);
    assert.equal(next?.foreign, foreign);
    assert.deepEqual(next?.headers, foreign ? {} : step.headers);
  });
}

test('what went to another host once has no credentials again at home', () => {
  const there = redirected(post, 302, 'http://b.test');
  const back = there && redirected(there, 302, 'http://a.test');
  assert.equal(back?.foreign, true);
});
