import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';

// Real services, real profiles, real time: two scrape intervals of five seconds.
test('the demo delivers a CPU and a heap profile of each service through its config', {
  timeout: 60_000,
}, async () => {
  const host = new TestHost();
  const status = await runProgram(['demo', '--once'], host);
  assert.equal(status, 0, host.err);
  assert.match(host.out, /discovery\.http\.services +→ discovery\.relabel\.profiled\n/);
  assert.match(host.out, /pyroscope\.scrape\.services +→ pyroscope\.write\.sink\n/);
  assert.match(host.out, /Targets found:\n.*service_name="search".*\n.*service_name="orders"/);
  for (const service of ['search', 'orders']) {
    assert.match(host.out, new RegExp(`process_cpu +${service} .* cpu .*%`));
    assert.match(host.out, new RegExp(`memory +${service} .* alloc_space .*%`));
  }
  assert.match(host.out, /Flame graphs of all that is received: http:\/\/127\.0\.0\.1:\d+\n/);
  assert.equal(host.err, '');
  assert.equal(host.listening, 0);
});
