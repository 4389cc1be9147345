import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redirected, type Step } from './redirect.ts';

const post: Step = {
  method: 'POST',
  url: 'http://a.test/ingest',
  headers: { 'Content-Type': 'application/octet-stream', 'X-Scope-OrgID': 't1' },
  body: 'x',
  firstUrl: 'http://a.test/ingest',
  foreign: false,
};

test('a redirect that drops the body drops the headers that speak of it, and keeps the others', () => {
  assert.deepEqual(redirected(post, 302, '/elsewhere'), {
    method: 'GET',
    url: 'http://a.test/elsewhere',
    headers: { 'X-Scope-OrgID': 't1', referer: 'http://a.test/ingest' },
    body: undefined,
    firstUrl: 'http://a.test/ingest',
    foreign: false,
  });
});

test('a redirect that keeps the method keeps body and headers', () => {
  const next = redirected(post, 307, '/elsewhere');
  assert.equal(next?.body, 'x');
  assert.equal(next?.headers['Content-Type'], 'application/octet-stream');
});

test('another host is one that is neither the first nor below it, on whatever port; a step down from TLS counts as one', () => {
  const secure: Step = { ...post, url: 'https://a.test/ingest', firstUrl: 'https://a.test/ingest' };
  const foreign = (step: Step, location: string) => redirected(step, 302, location)?.foreign;
  assert.equal(foreign(post, 'http://a.test:81/'), false);
  assert.equal(foreign(post, 'https://b.a.test/'), false);
  assert.equal(foreign(post, 'http://ba.test/'), true);
  assert.equal(foreign(secure, 'http://a.test/'), true);
});
