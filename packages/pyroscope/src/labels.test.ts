import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refusedLabels, sentLabels, sortedLabels } from './labels.ts';

const of = (labels: Readonly<Record<string, string>>) => sortedLabels(Object.entries(labels));

describe('labels that are sent', () => {
  test('are the public ones, the name and the mark of differences', () => {
    const all = of({ __address__: 'h:1', __delta__: 'false', __meta_x: 'y', __name__: 'cpu', a: '1' });
    assert.deepEqual(sentLabels(all), of({ __delta__: 'false', __name__: 'cpu', a: '1' }));
  });

  test('are refused where there are none, and with a name that no server takes', () => {
    assert.match(refusedLabels([]) ?? '', /there are none/);
    assert.equal(refusedLabels(of({ a: '1' })), undefined);
    assert.match(refusedLabels(of({ service_name: 's', 'a-b': '1' })) ?? '', /"a-b": "-" is not allowed/);
    assert.equal(refusedLabels(of({ service_name: 's', 'a.b': '1' })), undefined);
  });
});
