import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { queryParameters } from './query-parameters.ts';

describe('the parameters of a URL', () => {
  test('are unescaped, in their order, with empty and repeated ones', () => {
    assert.deepEqual(queryParameters('/ingest?b=x+y%26&a=1&a=2&flag&empty=&=v#f'), [
      ['b', 'x y&'],
      ['a', '1'],
      ['a', '2'],
      ['flag', ''],
      ['empty', ''],
      ['', 'v'],
    ]);
    assert.deepEqual(queryParameters('/ingest'), []);
    assert.deepEqual(queryParameters('/ingest?x=a=b'), [['x', 'a=b']]);
  });

  test('are left out where Go would not see them', () => {
    assert.deepEqual(queryParameters('/?a=1;b=2&c=%zz&d=%4&e=3'), [['e', '3']]);
  });
});
