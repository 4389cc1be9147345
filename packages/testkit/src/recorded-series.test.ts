import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asFarAs, bySeries, seriesText } from './recorded-series.ts';

describe('recorded series', () => {
  test('have one text whichever program sent them', () => {
    const sentBy = (program: string, version: string) =>
      seriesText([
        ['otel.scope.name', `${program}/pyroscope.scrape`],
        ['otel.scope.version', version],
        ['service_name', 'a'],
      ]);
    assert.equal(sentBy('pewter', '0.1.0'), sentBy('com.grafana.alloy', 'v1.18.0'));
    assert.notEqual(sentBy('pewter', '0.1.0'), sentBy('other', '0.1.0'));
  });

  test('are compared as far as both go, and not where only one has them', () => {
    const one = bySeries([
      ['a', '1'],
      ['a', '2'],
      ['b', '1'],
    ]);
    const other = bySeries([['a', '1']]);
    assert.deepEqual(asFarAs(other, one), { a: ['1'], b: ['1'] });
    assert.deepEqual(asFarAs(one, other), { a: ['1'] });
  });

  test('a difference that came once may be absent from the other', () => {
    const once = bySeries([['__delta__=false', '1']]);
    assert.deepEqual(asFarAs(new Map(), once), {});
  });
});
