import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exportsOf, started, told } from './run-config.test-help.ts';

const inner = (argument: string) => `declare "leaf" {
  argument "v" { }
  fake.passthrough "p" { ${argument} = argument.v.value }
  export "w" { value = fake.passthrough.p.output }
}`;
const outer = `import.file "inner" { filename = file.path_join(module_path, "inner.alloy") }
declare "middle" {
  argument "v" { }
  inner.leaf "l" { v = argument.v.value }
  export "w" { value = inner.leaf.l.w }
}`;
const config = `import.file "outer" { filename = "/mods/outer.alloy" }
outer.middle "m" { v = "x" }
fake.passthrough "after" { input = outer.middle.m.w }`;

const files = (argument: string) => ({ '/mods/outer.alloy': outer, '/mods/inner.alloy': inner(argument) });

describe('a mistake inside of a module of a module', () => {
  test('is told at its line, with the whole way that leads there', async () => {
    const { outcome } = await started(config, files('nput'));
    assert.equal(outcome.ok, false);
    const error = outcome.diagnostics.find(({ code }) => code === 'E0402');
    assert.match(told(error === undefined ? [] : [error])[0] ?? '', /^E0402 \/mods\/inner.alloy:3 .*`nput`/);
    assert.deepEqual(
      error?.related?.map(({ message, source, range }) => [
        `${source.name}:${source.position(range.start).line}`,
        message,
      ]),
      [
        ['/mods/outer.alloy:4', 'used here as `inner.leaf.l`'],
        ['/mods/outer.alloy:1', 'imported here as `import.file.inner`'],
        ['config.alloy:2', 'used here as `outer.middle.m`'],
        ['config.alloy:1', 'imported here as `import.file.outer`'],
      ],
    );
  });

  test('that a later text brings leaves the last good one in force, and its users say where it is', async () => {
    const { outcome, outside, clock, pipeline, fakes } = await started(config, files('input'));
    assert.deepEqual(outcome.diagnostics, []);
    outside.files.write('/mods/inner.alloy', inner('nput'));
    await clock.advance(10);
    const user = pipeline.components().find((one) => one.localId === 'inner.leaf.l');
    assert.equal(user?.health.state, 'unhealthy');
    assert.match(user?.health.message ?? '', /\/mods\/inner\.alloy:3:26: .*`nput`/);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.after'), { output: 'x' });
    fakes.takeEvents();
    outside.files.write('/mods/inner.alloy', inner('input'));
    await clock.advance(10);
    assert.ok(pipeline.components().every(({ health }) => health.state === 'healthy'));
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.after'), { output: 'x' });
  });

  test('that a later text brings one level up names the way in the health of its user', async () => {
    const { outside, clock, pipeline } = await started(config, files('input'));
    outside.files.write(
      '/mods/outer.alloy',
      outer.replace('{ v = argument.v.value }', '{ v = argument.v.value * "a" }'),
    );
    await clock.advance(10);
    const user = pipeline.components().find((one) => one.localId === 'outer.middle.m');
    assert.match(user?.health.message ?? '', /\/mods\/outer\.alloy:4:\d+: /);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.after'), { output: 'x' });
  });
});
