import assert from 'node:assert/strict';
import { test } from 'node:test';
import { body } from '@pewter/language';
import { SourceFile } from '@pewter/syntax';
import { settle, testOutside } from '@pewter/testkit';
import type { ComponentImplementation } from './component.ts';
import { createLogger } from './logger.ts';
import { Pipeline } from './pipeline.ts';
import { registryOf } from './registry.ts';
import { told } from './run-config.test-help.ts';

const good: ComponentImplementation = {
  build: () => ({ update: () => {}, run: () => new Promise(() => {}) }),
};

/** A pipeline with `fake.lazy`, whose code is what `read` gives. */
function pipelineOf(read: () => Promise<ComponentImplementation>) {
  const outside = testOutside({});
  const schemas = { arguments: body({}), exports: body({}) };
  const lazy = {
    name: 'fake.lazy',
    stability: 'generally-available' as const,
    ...schemas,
    implementation: read,
  };
  const pipeline = new Pipeline({
    registry: registryOf([lazy]),
    stability: 'generally-available',
    outside,
    logs: createLogger({ destination: { write: () => {} }, clock: outside.clock }),
    storagePath: '/nonexistent',
  });
  const reload = (text: string) => pipeline.reload([new SourceFile('config.alloy', text)]);
  return { outside, pipeline, reload };
}

test('the code of a component is read when a config uses it, and only once', async () => {
  let reads = 0;
  const { reload } = pipelineOf(() => {
    reads++;
    return Promise.resolve(good);
  });
  assert.ok((await reload('')).ok);
  assert.equal(reads, 0);
  assert.ok((await reload('fake.lazy "a" { }\nfake.lazy "b" { }')).ok);
  assert.ok((await reload('fake.lazy "c" { }')).ok);
  assert.equal(reads, 1);
});

test('code that can not be read is an error at its block, and the next load tries again', async () => {
  let broken = true;
  const { reload } = pipelineOf(() =>
    broken ? Promise.reject(new Error('no such file')) : Promise.resolve(good),
  );
  const { ok, diagnostics } = await reload('\nfake.lazy "a" { }');
  assert.equal(ok, false);
  const reason = 'the code of fake.lazy could not be read: no such file';
  assert.deepEqual(told(diagnostics), [`E0212 config.alloy:2 \`fake.lazy.a\` cannot be built: ${reason}`]);
  broken = false;
  assert.ok((await reload('fake.lazy "a" { }')).ok);
});

test('code that only a module names, or an import that comes later, is read before it is built', async () => {
  const { outside, pipeline, reload } = pipelineOf(() => Promise.resolve(good));
  outside.files.write('/m.alloy', 'declare "m" { }');
  const { ok } = await reload(
    'declare "d" { fake.lazy "in" { } }\nd "x" { }\nimport.file "lib" { filename = "/m.alloy" }\nlib.m "y" { }',
  );
  assert.ok(ok);
  pipeline.start();
  await settle();
  const later = pipelineOf(() => Promise.resolve(good));
  later.outside.files.write('/m.alloy', 'declare "m" { }');
  await later.reload('import.file "lib" { filename = "/m.alloy" }\nlib.m "y" { }');
  later.pipeline.start();
  await settle();
  later.outside.files.write('/m.alloy', 'declare "m" { fake.lazy "in" { } }');
  await later.outside.clock.advance(1000);
  await settle();
  const ids = (one: Pipeline) => one.components().map(({ moduleId, localId }) => `${moduleId}/${localId}`);
  assert.ok(ids(pipeline).includes('d.x/fake.lazy.in'), ids(pipeline).join());
  assert.ok(ids(later.pipeline).includes('lib.m.y/fake.lazy.in'), ids(later.pipeline).join());
});
