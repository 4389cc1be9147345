import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText, good } from '../decode.test-help.ts';
import { scrapeArguments } from './arguments.ts';
import { listTargets } from './list-targets.ts';

test('of two kinds that one request gives the first is listed, as it is scraped', () => {
  const decoded = decodeText(
    `targets = [{"__address__" = "h:1", "service_name" = "s", "__profile_path__" = "/debug/pprof/heap"}]
    forward_to = []`,
    scrapeArguments,
  );
  const listed = listTargets(good(decoded)).targets.map(({ kind, measured, labels }) => ({
    kind,
    measured,
    name: labels.find(({ name }) => name === '__name__')?.value,
  }));
  assert.deepEqual(listed, [
    { kind: 'memory', measured: false, name: 'memory' },
    { kind: 'process_cpu', measured: true, name: 'process_cpu' },
  ]);
});
