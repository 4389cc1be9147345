import assert from 'node:assert/strict';
import { test } from 'node:test';
import { body, map, required, string } from '@pewter/language';
import { SourceFile } from '@pewter/syntax';
import { FakeComponents, settle, testOutside } from '@pewter/testkit';
import { type ComponentContext, defineComponent } from './component.ts';
import { createLogger } from './logger.ts';
import { Pipeline } from './pipeline.ts';

type LateContext = ComponentContext<{ readonly data: ReadonlyMap<string, string> }>;

/** A pipeline with a component `late.source`, that exports only when it is told to. */
async function started(text: string) {
  const fakes = new FakeComponents();
  let context: LateContext | undefined;
  const late = defineComponent({
    name: 'late.source',
    stability: 'generally-available',
    arguments: body({}),
    exports: body({ data: required(map(string)) }),
    implementation: () =>
      Promise.resolve({
        build(given: LateContext) {
          context = given;
          return { run: () => new Promise<void>(() => {}), update() {} };
        },
      }),
  });
  const outside = testOutside();
  const pipeline = new Pipeline({
    registry: new Map([...fakes.registry, [late.name, late]]),
    stability: 'generally-available',
    outside,
    logs: createLogger({ destination: { write() {} }, clock: outside.clock }),
    storagePath: '/nonexistent',
  });
  const outcome = await pipeline.reload([new SourceFile('config.alloy', text)]);
  pipeline.start();
  await settle();
  const tell = async (data: Record<string, string>) => {
    context?.setExports({ data: new Map(Object.entries(data)) });
    await outside.clock.advance(5);
    await settle();
  };
  const health = (id: string) => pipeline.components().find((one) => one.localId === id)?.health;
  return { outcome, fakes, pipeline, tell, health };
}

const config = `late.source "a" { }
fake.passthrough "b" { input = late.source.a.data["key"] }
fake.passthrough "c" { input = fake.passthrough.b.output }`;

test('what refers to exports that have not come waits for them, and says so; then it is built and started', async () => {
  const { outcome, fakes, pipeline, tell, health } = await started(config);
  assert.deepEqual([outcome.ok, outcome.diagnostics], [true, []]);
  assert.match(health('fake.passthrough.b')?.message ?? '', /it waits for what `late\.source\.a` exports/);
  assert.match(
    health('fake.passthrough.c')?.message ?? '',
    /it waits for what `fake\.passthrough\.b` exports/,
  );
  assert.deepEqual(fakes.takeEvents(), []);

  await tell({ key: 'one' });
  assert.deepEqual(pipeline.details('fake.passthrough.c')?.exports?.decoded, { output: 'one' });
  assert.equal(health('fake.passthrough.b')?.state, 'healthy');
  assert.ok(fakes.takeEvents().includes('run fake.passthrough.c'));
});
