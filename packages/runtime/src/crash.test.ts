import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { body, required, string } from '@pewter/language';
import { SourceFile } from '@pewter/syntax';
import { FakeComponents, settle, testOutside } from '@pewter/testkit';
import { type Component, type ComponentContext, defineComponent } from './component.ts';
import { createLogger } from './logger.ts';
import { Pipeline } from './pipeline.ts';
import { registryOf } from './registry.ts';
import { untilAborted } from './until-aborted.ts';

const schemas = {
  arguments: body({ input: required(string) }),
  exports: body({ output: required(string) }),
};

type Context = ComponentContext<{ output: string }>;
type Parts = Partial<Component<{ input: string }>>;

/** What is thrown from everywhere: also what is no Error. */
const thrown: readonly unknown[] = [
  new Error('a fault'),
  'a fault',
  { toString: () => 'a fault' },
  undefined,
];

function fail(what: unknown): never {
  throw what;
}

const bad = (what: unknown) => ({
  get output(): string {
    return fail(what);
  },
});

/** Each place that a component's code is called from, or calls from, and what it does there. */
const places: Readonly<Record<string, (context: Context, what: unknown) => Parts>> = {
  build: (_, what) => fail(what),
  'run, at once': (_, what) => ({ run: () => fail(what) }),
  'run, later': (_, what) => ({ run: async () => fail(what) }),
  'run, when it is to end': (_, what) => ({
    run: (signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(what), { once: true })),
  }),
  update: (_, what) => ({ update: () => fail(what) }),
  'a promise of update': (_, what) => ({ update: (async () => fail(what)) as () => void }),
  health: (_, what) => ({ health: () => fail(what) }),
  'debug information': (_, what) => ({ debugInfo: () => fail(what) }),
  'exports in build': (context, what) => {
    context.setExports(bad(what));
    return {};
  },
  'exports in run': (context, what) => ({
    run(signal) {
      context.setExports(bad(what));
      return untilAborted(signal);
    },
  }),
  'a timer': ({ clock }, what) => {
    clock.setTimeout(() => fail(what), 1);
    return {};
  },
  'a promise of a timer': ({ clock }, what) => {
    clock.setTimeout(async () => fail(what), 1);
    return {};
  },
  'a watch': ({ files }, what) => {
    files.watch('/file', () => fail(what));
    return {};
  },
  'a promise of a watch': ({ files }, what) => {
    files.watch('/file', async () => fail(what));
    return {};
  },
  'its metrics': ({ metrics }, what) => {
    metrics.registerMetric({ name: 'x', get: () => fail(what) } as never);
    return {};
  },
};

/** Runs a config in which one component throws `what` at a place, and others stand before and behind it. */
async function play(place: string, what: unknown) {
  const fakes = new FakeComponents();
  const outside = testOutside();
  const build = (context: Context) => {
    const parts = places[place]?.(context, what);
    return { run: untilAborted, update: () => {}, ...parts };
  };
  const crashing = defineComponent({
    name: 'fake.crashing',
    stability: 'generally-available',
    ...schemas,
    implementation: () => Promise.resolve({ build }),
  });
  const pipeline = new Pipeline({
    registry: registryOf([...fakes.registry.values(), crashing]),
    stability: 'experimental',
    outside,
    logs: createLogger({ destination: { write: () => {} }, clock: outside.clock }),
    storagePath: '/nonexistent',
  });
  const before =
    'fake.source "a" { value = "one" }\nfake.passthrough "beside" { input = fake.source.a.value }\n';
  const reload = (text: string) => pipeline.reload([new SourceFile('config.alloy', before + text)]);
  await reload('');
  pipeline.start();
  await reload('fake.crashing "c" { input = fake.source.a.value }');
  return { fakes, outside, pipeline, clock: outside.clock };
}

describe('a component that throws', () => {
  for (const place of Object.keys(places)) {
    test(`in ${place} harms no other, and nothing goes unhandled`, async () => {
      const unhandled: unknown[] = [];
      const note = (reason: unknown) => unhandled.push(reason);
      process.on('unhandledRejection', note).on('uncaughtException', note);
      for (const what of thrown) {
        const { fakes, outside, pipeline, clock } = await play(place, what);
        outside.files.write('/file', 'changed');
        await clock.advance(5);
        fakes.export('fake.source.a', { value: 'two' });
        await clock.advance(5);
        pipeline.details('fake.crashing.c');
        const health = (id: string) => pipeline.components().find((one) => one.localId === id)?.health;
        if (place !== 'its metrics' && place !== 'run, when it is to end') {
          assert.match(health('fake.crashing.c')?.state ?? '', /^(unhealthy|exited)$/);
          if (what !== undefined) assert.match(health('fake.crashing.c')?.message ?? '', /a fault/);
        }
        assert.equal(health('fake.passthrough.beside')?.state, 'healthy');
        assert.deepEqual(pipeline.details('fake.passthrough.beside')?.exports?.decoded, { output: 'two' });
        assert.match(await pipeline.metricsText(), /alloy_component_controller_running_components/);
        assert.deepEqual(await pipeline.stop(), []);
        assert.equal(clock.pending, 0);
      }
      await settle();
      process.off('unhandledRejection', note).off('uncaughtException', note);
      assert.deepEqual(unhandled, []);
    });
  }

  test('in a rule of its arguments is told at its place', async () => {
    const rule = { reads: ['input'], check: () => fail(new Error('a fault')) };
    const definition = defineComponent({
      name: 'fake.ruled',
      stability: 'generally-available',
      arguments: body({ input: required(string) }, [rule]),
      exports: body({}),
      implementation: () => Promise.reject(new Error('never asked for')),
    });
    const outside = testOutside();
    const pipeline = new Pipeline({
      registry: registryOf([definition]),
      stability: 'experimental',
      outside,
      logs: createLogger({ destination: { write: () => {} }, clock: outside.clock }),
      storagePath: '/nonexistent',
    });
    const { ok, diagnostics } = await pipeline.reload([
      new SourceFile('config.alloy', 'fake.ruled "r" { input = "x" }'),
    ]);
    assert.equal(ok, false);
    assert.deepEqual(
      diagnostics.map(({ code, message }) => `${code} ${message}`),
      ['E0212 `fake.ruled.r` cannot be evaluated: a fault'],
    );
  });
});
