import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestTarget } from './request-target.ts';

for (const [url, target] of [
  ['http://h', '/'],
  ['http://h?q', '/?q'],
  ['http://u:p@h:1/a/../b#f', '/a/../b'],
  ['http://[::1]:1//x', '//x'],
  ["http://h/'()*!%2f%2F;,?'\"<>|^`", "/'()*!%2f%2F;,?'\"<>|^`"],
  ['http://h/a|b(c)%20d\\e', '/a%7Cb%28c%29%20d%5Ce'],
  ['http://h/é {x}', '/%C3%A9%20%7Bx%7D'],
  ['http://h/100%', '/100%25'],
  ['http://h/?a=b c&é=\u{1f600}', '/?a=b%20c&%C3%A9=%F0%9F%98%80'],
] as const) {
  test(`${url} is asked for as ${target}`, () => {
    assert.equal(requestTarget(url), target);
  });
}
