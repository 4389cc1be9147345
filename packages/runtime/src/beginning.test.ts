import assert from 'node:assert/strict';
import { test } from 'node:test';
import { body, required, string } from '@pewter/language';
import { SourceFile } from '@pewter/syntax';
import { FakeComponents, testOutside } from '@pewter/testkit';
import { type ComponentContext, defineComponent } from './component.ts';
import { createLogger } from './logger.ts';
import { Pipeline } from './pipeline.ts';

type Remote = { readonly content: string };

/** A pipeline with `first.request`, whose request before the work answers with its `says`, or fails for `nothing`. */
function pipelineWithRequests() {
  const fakes = new FakeComponents();
  const events: string[] = [];
  const request = defineComponent({
    name: 'first.request',
    stability: 'generally-available',
    arguments: body({ says: required(string) }),
    exports: body({ content: required(string) }),
    implementation: () =>
      Promise.resolve({
        build: (context: ComponentContext<Remote>, { says }: { readonly says: string }) => ({
          async begin() {
            events.push(`begin ${context.id}`);
            await Promise.resolve();
            if (says === 'nothing') throw new Error('no answer');
            context.setExports({ content: says });
          },
          async run(signal: AbortSignal) {
            events.push(`run ${context.id}`);
            if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
            events.push(`end ${context.id}`);
          },
          update() {},
        }),
      }),
  });
  const outside = testOutside();
  const pipeline = new Pipeline({
    registry: new Map([...fakes.registry, [request.name, request]]),
    stability: 'generally-available',
    outside,
    logs: createLogger({ destination: { write() {} }, clock: outside.clock }),
    storagePath: '/nonexistent',
  });
  const load = (text: string) => pipeline.reload([new SourceFile('config.alloy', text)]);
  return { pipeline, load, events };
}

const chain = `first.request "a" { says = "one" }
first.request "b" { says = first.request.a.content + "!" }
fake.passthrough "c" { input = first.request.b.content }`;

test('a config has loaded once first requests have answered, each asked once, and all that waited for them is built', async () => {
  const { pipeline, load, events } = pipelineWithRequests();
  const { ok, diagnostics } = await load(chain);
  assert.deepEqual([ok, diagnostics], [true, []]);
  assert.deepEqual(events, ['begin first.request.a', 'begin first.request.b']);
  pipeline.start();
  assert.deepEqual(pipeline.details('fake.passthrough.c')?.exports?.decoded, { output: 'one!' });
  await pipeline.stop();
});

test('a first request that fails refuses a first load at its block, and what has begun is cleaned up', async () => {
  const { load, events } = pipelineWithRequests();
  const { ok, applied, diagnostics } = await load(
    'first.request "a" { says = "one" }\nfirst.request "b" { says = "nothing" }',
  );
  assert.deepEqual([ok, applied], [false, false]);
  const [failure] = diagnostics;
  assert.equal(failure?.code, 'E0212');
  assert.equal(failure?.message, '`first.request.b` cannot start: no answer');
  assert.equal(failure?.location?.source.position(failure.location.range.start).line, 2);
  assert.deepEqual(events.filter((one) => one.startsWith('end')).sort(), [
    'end first.request.a',
    'end first.request.b',
  ]);
});

test('what comes with the content of a first request is checked before the config counts as loaded', async () => {
  const { load } = pipelineWithRequests();
  const { ok, diagnostics } = await load(
    'first.request "a" { says = "one" }\nfake.passthrough "c" { input = encoding.from_json(first.request.a.content)["x"] }',
  );
  assert.equal(ok, false);
  assert.equal(diagnostics.length, 1);
});

test('inside of a module too, told with the place that uses the module', async () => {
  const { load } = pipelineWithRequests();
  const { ok, diagnostics } = await load(
    'declare "m" {\n first.request "a" { says = "nothing" }\n}\nm "x" { }',
  );
  assert.equal(ok, false);
  assert.match(diagnostics[0]?.message ?? '', /first\.request\.a` cannot start: no answer/);
  assert.match(diagnostics[0]?.related?.[0]?.message ?? '', /used here as `m\.x`/);
});

test('a reload tells of a first request that fails, and the config is in force', async () => {
  const { pipeline, load, events } = pipelineWithRequests();
  await load('first.request "a" { says = "one" }');
  pipeline.start();
  const { ok, applied } = await load(
    'first.request "a" { says = "one" }\nfirst.request "b" { says = "nothing" }',
  );
  assert.deepEqual([ok, applied], [false, true]);
  await Promise.resolve();
  assert.ok(events.includes('run first.request.b'));
  assert.equal(events.filter((one) => one === 'begin first.request.a').length, 1);
  await pipeline.stop();
});
