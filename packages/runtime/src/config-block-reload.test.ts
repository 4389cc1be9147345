import assert from 'node:assert/strict';
import { test } from 'node:test';
import { body, int, required } from '@pewter/language';
import { SourceFile } from '@pewter/syntax';
import { FakeComponents, testOutside } from '@pewter/testkit';
import { createLogger } from './logger.ts';
import { Pipeline } from './pipeline.ts';

/** A pipeline with a block `gate`, and what it was told of it; undefined where a reload took it out. */
function pipeline() {
  const told: unknown[] = [];
  const outside = testOutside();
  const running = new Pipeline({
    registry: new FakeComponents().registry,
    stability: 'experimental',
    outside,
    logs: createLogger({ destination: { write() {} }, clock: outside.clock }),
    storagePath: '/nonexistent',
    configBlocks: [{ name: 'gate', stability: 'experimental', arguments: body({ n: required(int) }) }],
    configure: (_, decoded) => void told.push(decoded),
    unsettled: (name) => void told.push(`${name} is not known`),
  });
  const reload = async (text: string) => {
    told.length = 0;
    await running.reload([new SourceFile('c.alloy', text)]);
    return [...told];
  };
  return { reload };
}

test('a block that configures the program is told of with each load, and when it is gone', async () => {
  const { reload } = pipeline();
  assert.deepEqual(await reload('gate { n = 1 }'), [{ n: 1 }]);
  assert.deepEqual(await reload('gate { n = 2 }'), [{ n: 2 }]);
  assert.deepEqual(await reload(''), [undefined]);
  assert.deepEqual(await reload(''), []);
});

test('one with a mistake leaves what was in force, until it is mended or gone', async () => {
  const { reload } = pipeline();
  await reload('gate { n = 1 }');
  assert.deepEqual(await reload('gate { n = "wrong" }'), ['gate is not known']);
  assert.deepEqual(await reload('gate { }'), ['gate is not known']);
  assert.deepEqual(await reload(''), [undefined]);
});
