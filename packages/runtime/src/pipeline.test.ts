import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceFile } from '@pewter/syntax';
import { FakeComponents, settle, testOutside } from '@pewter/testkit';
import { createLogger } from './logger.ts';
import { Pipeline } from './pipeline.ts';

async function started(text: string) {
  const fakes = new FakeComponents();
  const outside = testOutside();
  const lines: string[] = [];
  const logs = createLogger({
    destination: { write: (line) => void lines.push(line) },
    clock: outside.clock,
  });
  const pipeline = new Pipeline({
    registry: fakes.registry,
    stability: 'generally-available',
    outside,
    logs,
    storagePath: '/nonexistent',
    patience: 5_000,
  });
  const reload = (next: string) => pipeline.reload([new SourceFile('config.alloy', next)]);
  const outcome = await reload(text);
  pipeline.start();
  await settle();
  return { fakes, clock: outside.clock, pipeline, reload, outcome, lines };
}

const healthOf = (pipeline: Pipeline, id: string) =>
  pipeline.components().find((one) => one.localId === id)?.health;

const chain = `fake.passthrough "b" { input = fake.source.a.value }
fake.passthrough "c" { input = fake.passthrough.b.output }
fake.source "a" { value = "one" }
fake.source "other" { }`;

const diamond = `fake.source "a" { }
fake.passthrough "l" { input = fake.source.a.value }
fake.passthrough "r" { input = fake.source.a.value }
fake.join "j" { inputs = [fake.passthrough.l.output, fake.passthrough.r.output] }`;

describe('a pipeline', () => {
  test('builds and starts dependencies first, with the exports of build', async () => {
    const { fakes, pipeline, outcome } = await started(chain);
    assert.equal(outcome.ok, true);
    const built = fakes.events.filter((one) => one.startsWith('build'));
    assert.ok(built.indexOf('build fake.source.a') < built.indexOf('build fake.passthrough.b'));
    assert.ok(built.indexOf('build fake.passthrough.b') < built.indexOf('build fake.passthrough.c'));
    assert.deepEqual(pipeline.details('fake.passthrough.c')?.exports?.decoded, { output: 'one' });
    assert.equal(healthOf(pipeline, 'fake.source.a')?.message, 'started component');
  });

  test('evaluates again only dependants, in order, in the same wave', async () => {
    const { fakes, clock, pipeline } = await started(chain);
    fakes.takeEvents();
    fakes.export('fake.source.a', { value: 'two' });
    assert.deepEqual(fakes.takeEvents(), []);
    await clock.advance(5);
    assert.deepEqual(fakes.takeEvents(), ['update fake.passthrough.b', 'update fake.passthrough.c']);
    assert.deepEqual(pipeline.details('fake.passthrough.c')?.exports?.decoded, { output: 'two' });
  });

  test('joins a storm of exports into one evaluation, and stops at equal exports', async () => {
    const { fakes, clock } = await started(chain);
    fakes.takeEvents();
    for (let n = 0; n < 1_000; n++) fakes.export('fake.source.a', { value: `v${n}` });
    await clock.advance(5);
    assert.equal(fakes.takeEvents().length, 2);
    fakes.export('fake.source.a', { value: 'v999' });
    await clock.advance(5);
    assert.deepEqual(fakes.takeEvents(), []);
    assert.equal(clock.pending, 0);
  });

  test('updates the end of a diamond once', async () => {
    const { fakes, clock } = await started(diamond);
    fakes.takeEvents();
    fakes.export('fake.source.a', { value: 'new' });
    await clock.advance(5);
    assert.equal(fakes.takeEvents().filter((one) => one === 'update fake.join.j').length, 1);
  });

  test('keeps what does not change over a reload, updates, stops and builds the rest', async () => {
    const { fakes, reload } = await started(chain);
    fakes.takeEvents();
    const next =
      'fake.passthrough "b" { input = fake.source.a.value }\nfake.source "a" { value = "two" }\nfake.source "new" { }';
    assert.equal((await reload(next)).ok, true);
    await settle();
    assert.deepEqual(
      new Set(fakes.takeEvents()),
      new Set([
        'build fake.source.new',
        'run fake.source.new',
        'update fake.source.a',
        'stopped fake.passthrough.c',
        'stopped fake.source.other',
      ]),
    );
  });

  test('leaves everything running when blocks or references of a config are wrong', async () => {
    const { fakes, reload, pipeline } = await started(chain);
    fakes.takeEvents();
    for (const wrong of [
      'fake.nothing "a" { }',
      'fake.source "a" {',
      'fake.passthrough "b" { input = nothing }',
    ]) {
      const { ok, applied } = await reload(wrong);
      assert.deepEqual({ ok, applied }, { ok: false, applied: false });
    }
    assert.deepEqual(fakes.takeEvents(), []);
    assert.equal(pipeline.components().length, 4);
  });

  test('applies a config with wrong arguments: what has them goes on with the old, unhealthy, until they are mended', async () => {
    const { fakes, reload, pipeline } = await started(chain);
    fakes.takeEvents();
    const wrong = chain.replace('"one"', '5 / 0');
    const outcome = await reload(`${wrong}\nfake.source "new" { }`);
    assert.deepEqual({ ok: outcome.ok, applied: outcome.applied }, { ok: false, applied: true });
    await settle();
    assert.deepEqual(fakes.takeEvents(), ['build fake.source.new', 'run fake.source.new']);
    const health = healthOf(pipeline, 'fake.source.a');
    assert.equal(health?.state, 'unhealthy');
    assert.match(health?.message ?? '', /^component evaluation failed: /);
    assert.deepEqual(pipeline.details('fake.passthrough.c')?.exports?.decoded, { output: 'one' });
    assert.equal((await reload(chain)).ok, true);
    assert.equal(healthOf(pipeline, 'fake.source.a')?.state, 'healthy');
  });

  test('refuses a first load with wrong arguments', async () => {
    const { outcome, pipeline } = await started('fake.source "a" { value = 5 / 0 }\nfake.source "b" { }');
    assert.deepEqual({ ok: outcome.ok, applied: outcome.applied }, { ok: false, applied: false });
    assert.equal(pipeline.ready, false);
    assert.deepEqual(pipeline.components(), []);
  });

  test('stands a new component that cannot be built as unhealthy, and starts it once its arguments are right', async () => {
    const { fakes, reload, pipeline } = await started(chain);
    fakes.takeEvents();
    const failed = await reload(`${chain}\nfake.failing "f" { in = "build" }`);
    assert.deepEqual(
      failed.diagnostics.map((one) => one.code),
      ['E0212'],
    );
    assert.equal(healthOf(pipeline, 'fake.failing.f')?.state, 'unhealthy');
    assert.equal((await reload(`${chain}\nfake.failing "f" { in = "nothing" }`)).ok, true);
    await settle();
    assert.deepEqual(fakes.takeEvents(), ['build fake.failing.f', 'run fake.failing.f']);
    assert.equal(healthOf(pipeline, 'fake.failing.f')?.state, 'healthy');
  });

  test('starts what is new although what is removed takes its time', async () => {
    const { fakes, reload, clock } = await started(chain);
    fakes.drain.set('fake.source.other', 3_000);
    fakes.takeEvents();
    const reloading = reload(`${chain.replace('fake.source "other" { }', '')}\nfake.source "new" { }`);
    await clock.advance(500);
    assert.equal((await reloading).ok, true);
    await settle();
    assert.deepEqual(fakes.takeEvents(), ['build fake.source.new', 'run fake.source.new']);
    await clock.advance(2_500);
    assert.deepEqual(fakes.takeEvents(), ['stopped fake.source.other']);
    assert.equal(clock.pending, 0);
  });

  test('stops what writes before what it writes to, and waits for it', async () => {
    const { fakes, clock, pipeline } = await started(
      'fake.sink "s" { }\nfake.writer "w" { forward_to = [fake.sink.s.receiver] }',
    );
    fakes.drain.set('fake.writer.w', 1_000);
    fakes.takeEvents();
    const stopping = pipeline.stop();
    await clock.advance(999);
    assert.deepEqual(fakes.takeEvents(), []);
    await clock.advance(1);
    assert.deepEqual(await stopping, []);
    assert.deepEqual(fakes.takeEvents(), ['stopped fake.writer.w', 'stopped fake.sink.s']);
    assert.equal(clock.pending, 0);
  });

  test('ends a stop although a component never does', async () => {
    const { fakes, clock, pipeline } = await started('fake.source "a" { }');
    fakes.drain.set('fake.source.a', 1e9);
    const stopping = pipeline.stop();
    await clock.advance(10_000);
    assert.deepEqual(await stopping, ['fake.source.a']);
  });

  for (const [part, state] of [
    ['run', 'exited'],
    ['early_end', 'exited'],
    ['health', 'unhealthy'],
    ['exports', 'unhealthy'],
  ]) {
    test(`survives a component that fails in ${part}`, async () => {
      const { fakes, clock, pipeline } = await started(`${chain}\nfake.failing "f" { in = "${part}" }`);
      await clock.advance(5);
      assert.equal(healthOf(pipeline, 'fake.failing.f')?.state, state);
      fakes.export('fake.source.a', { value: 'goes on' });
      await clock.advance(5);
      assert.deepEqual(pipeline.details('fake.passthrough.c')?.exports?.decoded, { output: 'goes on' });
    });
  }

  test('survives an update that throws and debug information that throws', async () => {
    const { fakes, clock, pipeline } = await started(
      'fake.source "a" { }\nfake.failing "u" {\n in = "update"\n input = fake.source.a.value\n}\nfake.failing "d" { in = "debug_info" }',
    );
    fakes.export('fake.source.a', { value: 'new' });
    await clock.advance(5);
    assert.match(healthOf(pipeline, 'fake.failing.u')?.message ?? '', /fails in update/);
    assert.equal(pipeline.details('fake.failing.d')?.debugInfo, undefined);
    assert.equal(healthOf(pipeline, 'fake.failing.d')?.state, 'unhealthy');
  });

  test('counts a config that cannot be read as a load that failed', async () => {
    const { pipeline } = await started('fake.source "a" { }');
    pipeline.unreadable();
    assert.match(await pipeline.metricsText(), /alloy_config_last_load_successful 0/);
  });

  test('obeys the logging block at load and at reload', async () => {
    const { fakes, reload, lines } = await started('fake.source "a" { }\nlogging { level = "error" }');
    fakes.context('fake.source.a')?.logger.info('unseen');
    await reload('fake.source "a" { }\nlogging {\n level = "debug"\n format = "json"\n}');
    fakes.context('fake.source.a')?.logger.debug('seen');
    assert.equal(
      lines.some((line) => line.includes('unseen')),
      false,
    );
    assert.match(lines.at(-1) ?? '', /"component_id":"fake.source.a","msg":"seen"/);
  });

  test('shows its metrics and those of components as one text', async () => {
    const { pipeline } = await started(chain);
    const text = await pipeline.metricsText();
    assert.match(text, /alloy_component_controller_running_components\{[^}]*health_type="healthy"[^}]*\} 4/);
    assert.match(text, /alloy_config_last_load_successful 1/);
  });
});
