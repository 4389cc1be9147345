import assert from 'node:assert/strict';
import { test } from 'node:test';
import { body } from '@pewter/language';
import { SourceFile } from '@pewter/syntax';
import { testOutside, VirtualClock } from '@pewter/testkit';
import { defineComponent } from './component.ts';
import { guardedClock } from './guarded-clock.ts';
import { createLogger } from './logger.ts';
import { Pipeline } from './pipeline.ts';
import { registryOf } from './registry.ts';

test('what a timer callback throws goes to the one who answers for it, and time goes on', async () => {
  const clock = new VirtualClock();
  const thrown: unknown[] = [];
  const fired: string[] = [];
  const guarded = guardedClock(clock, (error) => thrown.push(error));
  const fault = new Error('a bug');
  guarded.setTimeout(() => {
    throw fault;
  }, 10);
  guarded.setTimeout(() => fired.push('later'), 20);
  const cancel = guarded.setTimeout(() => fired.push('never'), 20);
  cancel();
  await clock.advance(20);
  assert.deepEqual(
    [thrown, fired, guarded.monotonic(), guarded.now()],
    [[fault], ['later'], 20, clock.now()],
  );
});

test('a component whose timer throws is unhealthy, and harms neither the process nor its neighbours', async () => {
  const outside = testOutside();
  const ticks: string[] = [];
  const define = (name: string, tick: () => void) =>
    defineComponent({
      name,
      stability: 'generally-available',
      arguments: body({}),
      exports: body({}),
      implementation: () =>
        Promise.resolve({
          build: (context) => ({
            update: () => undefined,
            run: (signal) => {
              context.clock.setTimeout(tick, 10);
              return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
            },
          }),
        }),
    });
  const faulty = define('fake.faulty', () => {
    throw new Error('a bug');
  });
  const pipeline = new Pipeline({
    registry: registryOf([faulty, define('fake.good', () => ticks.push('good'))]),
    stability: 'generally-available',
    outside,
    logs: createLogger({ destination: { write: () => undefined }, clock: outside.clock }),
    storagePath: '/nonexistent',
  });
  await pipeline.reload([new SourceFile('config.alloy', 'fake.faulty "a" { }\nfake.good "b" { }')]);
  pipeline.start();
  await outside.clock.advance(20);
  assert.deepEqual(
    pipeline.components().map(({ localId, health: { state, message } }) => [localId, state, message]),
    [
      ['fake.faulty.a', 'unhealthy', 'callback failed: a bug'],
      ['fake.good.b', 'healthy', 'started component'],
    ],
  );
  assert.deepEqual(ticks, ['good']);
  await pipeline.stop();
});
