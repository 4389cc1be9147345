import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arrivals } from './arrivals.ts';

test('arrivals are complete when each kind has come from each service', async () => {
  const arrivals = new Arrivals(['search', 'orders'], ['process_cpu', 'memory']);
  arrivals.add({ __name__: 'process_cpu', service_name: 'search' });
  arrivals.add({ __name__: 'process_cpu', service_name: 'search' });
  arrivals.add({ __name__: 'goroutine', service_name: 'search' });
  arrivals.add({ __name__: 'memory', service_name: 'orders' });
  assert.deepEqual(arrivals.missing, ['memory of search', 'process_cpu of orders']);
  arrivals.add({ __name__: 'memory', service_name: 'search' });
  arrivals.add({ __name__: 'process_cpu', service_name: 'orders' });
  assert.deepEqual(arrivals.missing, []);
  await arrivals.complete;
});
