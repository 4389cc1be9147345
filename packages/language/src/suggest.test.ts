import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { didYouMean, listed, suggestion } from './suggest.ts';

describe('what a mistyped name may have meant', () => {
  const names = ['targets', 'forward_to', 'scrape_interval', 'scrape_timeout', 'job_name'];

  test('is the nearest name, whatever its case', () => {
    assert.equal(didYouMean('target', names), 'targets');
    assert.equal(didYouMean('forwrad_to', names), 'forward_to');
    assert.equal(didYouMean('Scrape_Interval', names), 'scrape_interval');
    assert.equal(didYouMean('scrape_timout', names), 'scrape_timeout');
  });

  test('is nothing where no name is near, or the name is right', () => {
    assert.equal(didYouMean('x', names), undefined);
    assert.equal(didYouMean('basic_auth', names), undefined);
    assert.equal(didYouMean('ab', ['cd']), undefined);
    assert.equal(didYouMean('targets', ['targets']), undefined);
  });

  test('is said as a question, or by naming all when they are few', () => {
    assert.equal(suggestion('target', names, 'arguments'), 'did you mean `targets`?');
    assert.equal(suggestion('zzz', ['a', 'b', 'c'], 'arguments'), 'its arguments are `a`, `b` and `c`');
    assert.equal(suggestion('zzz', [], 'blocks'), 'it has no blocks');
    assert.equal(suggestion('zzz', Array.from('abcdefghijklmn'), 'fields'), undefined);
  });

  test('is listed as running text', () => {
    assert.equal(listed(['a']), '`a`');
    assert.equal(listed(['a', 'b'], 'or'), '`a` or `b`');
  });
});
