import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { logfmt } from './logfmt.ts';

describe('logfmt', () => {
  test('puts time, level and message first and quotes only where it must', () => {
    const line = logfmt({
      component_id: 'discovery.http.x',
      msg: 'could not fetch',
      level: 'warn',
      ts: '2026-01-01T00:00:00.000Z',
      n: 3,
      on: true,
      empty: '',
      url: 'http://a/b?c=d',
      quote: 'say "hi"\n',
      nothing: null,
      word: 'null',
      list: [1, 'a'],
      umlaut: 'Grüße',
    });
    assert.equal(
      line,
      'ts=2026-01-01T00:00:00.000Z level=warn msg="could not fetch" component_id=discovery.http.x n=3 on=true ' +
        'empty="" url="http://a/b?c=d" quote="say \\"hi\\"\\n" nothing=null word="null" list="[1,\\"a\\"]" umlaut=Grüße',
    );
  });

  test('keeps a key one word', () => {
    assert.equal(logfmt({ 'a b=c': 1 }), 'a_b_c=1');
  });
});
