import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Counter, Gauge, Registry } from 'prom-client';
import { mergeMetrics } from './merge-metrics.ts';

function counting(value: number): Registry {
  const registry = new Registry();
  new Counter({ name: 'x_total', help: 'Counts.', registers: [registry] }).inc(value);
  return registry;
}

describe('metrics of many registries as one text', () => {
  test('say what a family is once, with the samples of all who have it', async () => {
    const text = await mergeMetrics([
      { registry: counting(1), labels: { component_id: 'a' } },
      { registry: counting(2), labels: { component_id: 'b' } },
    ]);
    assert.equal(
      text,
      '# HELP x_total Counts.\n# TYPE x_total counter\nx_total{component_id="a"} 1\nx_total{component_id="b"} 2\n',
    );
  });

  test('go on without a registry that fails', async () => {
    const failing = new Registry();
    const collect = () => {
      throw new Error('fails');
    };
    new Gauge({ name: 'y', help: 'Fails.', registers: [failing], collect });
    const text = await mergeMetrics([
      { registry: failing, labels: {} },
      { registry: counting(1), labels: {} },
    ]);
    assert.match(text, /^x_total 1$/m);
    assert.doesNotMatch(text, /Fails/);
  });

  test('are an empty text where there are none', async () => {
    assert.equal(await mergeMetrics([]), '');
  });
});
