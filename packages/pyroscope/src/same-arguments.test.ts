import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Secret } from '@pewter/language';
import { sameArguments } from './same-arguments.ts';

test('arguments are the same when their data and their secrets are', () => {
  const args = (password: string) => ({
    a: [1, new Map([['x', ['y']]])],
    basic_auth: { password: new Secret(password) },
    none: undefined,
  });
  assert.equal(sameArguments(args('p'), args('p')), true);
  assert.equal(sameArguments(args('p'), args('q')), false);
  assert.equal(sameArguments({ a: 1 }, { a: 1, b: undefined }), true);
  assert.equal(sameArguments({ a: 1 }, { a: 1, b: 2 }), false);
});
