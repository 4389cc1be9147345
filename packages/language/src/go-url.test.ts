import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EvaluationError } from './error.ts';
import { checkGoUrl, urlParts } from './go-url.ts';

describe('a URL by the rules of Go', () => {
  for (const url of [
    '',
    'http://host:8080/path?q=%zz',
    'http:///no-host',
    'localhost:80',
    'unix:///var/run/docker.sock',
    '/relative',
    '8080',
    'http://<HOST>/x',
    'http://[::1]:80/',
    'http://user:pa%20ss@host/',
    'http://host:/',
  ]) {
    test(`${JSON.stringify(url)} is one`, () => assert.equal(checkGoUrl(url), url));
  }

  for (const [url, fault] of [
    ['http://localhost/%zz', '`%zz` is no escape'],
    ['127.0.0.1:4040/x', 'it needs a scheme'],
    [':80', 'the scheme before'],
    ['http://host:port/', '`:port` is no port'],
    ['http://a b/', 'the host has the character'],
    ['http://[::1/', '`]` is missing'],
    ['http://host/\n', 'a control character'],
    ['http://us er@host/', 'user information'],
    ['http://host/#%', '`%` is no escape'],
  ] as const) {
    test(`${JSON.stringify(url)} is none: ${fault}`, () =>
      assert.throws(
        () => checkGoUrl(url),
        (error) => error instanceof EvaluationError && error.message.includes(fault),
      ));
  }

  test('has a scheme and a host, or neither', () => {
    assert.deepEqual(urlParts('https://u:p@host:1/x?y'), { scheme: 'https', host: 'host:1' });
    assert.deepEqual(urlParts('not a url'), { scheme: '', host: '' });
  });
});
