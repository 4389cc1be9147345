import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriesInLog, shortened } from './log-text.ts';

test('what others send is named in the log, and never makes a line long', () => {
  assert.equal(seriesInLog([{ name: 'service_name', value: 'shop' }]), '{service_name="shop"}');
  assert.equal(seriesInLog([{ name: 'a', value: 'x'.repeat(10_000) }]).length, 257);
  assert.equal(shortened('x'.repeat(256)), 'x'.repeat(256));
});
