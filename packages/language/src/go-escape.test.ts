import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { goPath } from './go-escape.ts';

describe('the path of a URL by the rules of Go', () => {
  for (const [path, written] of [
    ['', ''],
    ['/plain/a.b~c_d-e', '/plain/a.b~c_d-e'],
    ["/!$&'()*+,;=:@[]", "/!$&'()*+,;=:@[]"],
    ['/a%2fb%2F%20', '/a%2fb%2F%20'],
    ['/a b%2fc', '/a%20b/c'],
    ['/é(1)', '/%C3%A9%281%29'],
    ['/50%', '/50%25'],
    ['/%ff é', '/%FF%20%C3%A9'],
    ['/50% %20', '/50%25%20%2520'],
  ] as const) {
    test(`${path || '(none)'} is written ${written || '(none)'}`, () => {
      assert.equal(goPath(path), written);
    });
  }
});
