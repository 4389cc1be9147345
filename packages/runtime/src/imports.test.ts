import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exportsOf, started, told } from './run-config.test-help.ts';

const double = `declare "double" {
  argument "v" { }
  export "w" { value = argument.v.value + argument.v.value }
}`;
const use = `lib.double "d" { v = "x" }
fake.passthrough "p" { input = lib.double.d.w }`;
const fromFile = `import.file "lib" { filename = "/mods/lib.alloy" }\n${use}`;

describe('an import', () => {
  test('of a text brings its declares under its label', async () => {
    const { outcome, pipeline } = await started(
      `import.string "lib" { content = ${JSON.stringify(double)} }\n${use}`,
    );
    assert.deepEqual(outcome.diagnostics, []);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'xx' });
  });

  test('of a text that a component exports follows it', async () => {
    const { fakes, clock, pipeline } = await started(
      `fake.source "text" { value = ${JSON.stringify(double)} }\nimport.string "lib" { content = fake.source.text.value }\n${use}`,
    );
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'xx' });
    fakes.export('fake.source.text', { value: double.replace('+ argument', '+ "-" + argument') });
    await clock.advance(10);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'x-x' });
  });

  test('of a file takes effect with the config, and again when the file changes', async () => {
    const { outcome, pipeline, outside, clock } = await started(fromFile, { '/mods/lib.alloy': double });
    assert.deepEqual(outcome.diagnostics, []);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'xx' });
    outside.files.write('/mods/lib.alloy', double.replace('+ argument', '+ "-" + argument'));
    await clock.advance(10);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'x-x' });
    await pipeline.stop();
    assert.equal(clock.pending, 0);
    assert.equal(outside.files.watching, 0);
  });

  test('of a file that a component names is read before the config counts as loaded', async () => {
    const text = `fake.source "path" { value = "/mods/lib.alloy" }
import.file "lib" { filename = fake.source.path.value }
${use}`;
    const good = await started(text, { '/mods/lib.alloy': double });
    assert.deepEqual(good.outcome.diagnostics, []);
    assert.deepEqual(exportsOf(good.pipeline, 'fake.passthrough.p'), { output: 'xx' });
    const missing = await started(text);
    assert.match(told(missing.outcome.diagnostics)[0] ?? '', /^E0606 config.alloy:2 .*cannot be read/);
    const wrong = await started(text, { '/mods/lib.alloy': double.replace('argument.v.value +', '1 / 0 +') });
    assert.equal(wrong.outcome.ok, false);
  });

  test('that cannot be read is told once, with what needs it', async () => {
    const { outcome } = await started(fromFile);
    const [only, ...others] = outcome.diagnostics;
    assert.deepEqual(others, []);
    assert.deepEqual(
      only?.related?.map(({ source, range }) => source.position(range.start).line),
      [2],
    );
  });

  test('inside of an imported text that cannot be read keeps nothing from being used that does without it', async () => {
    const outer = `import.file "k" { filename = "/mods/none.alloy" }
declare "other" {
  k.double "d" { v = "x" }
}
${double}`;
    const good = await started(fromFile, { '/mods/lib.alloy': outer });
    assert.ok(good.outcome.ok, told(good.outcome.diagnostics).join('\n'));
    assert.deepEqual(exportsOf(good.pipeline, 'fake.passthrough.p'), { output: 'xx' });
    const inner = good.pipeline.components().find((one) => one.localId === 'import.file.k');
    assert.match(inner?.health.message ?? '', /cannot be read/);
    const used = await started(`${fromFile}\nlib.other "o" { }`, { '/mods/lib.alloy': outer });
    assert.match(told(used.outcome.diagnostics).join(), /E0601 .*`import.file.k` cannot be read/);
  });

  test('leaves what it lacks to an import of its label around it', async () => {
    const outer = `import.string "lib" { content = ${JSON.stringify(double)} }
declare "m" {
  import.string "lib" { content = "declare \\"other\\" { }" }
  lib.double "d" { v = "x" }
  export "e" { value = lib.double.d.w }
}
m "x" { }
fake.passthrough "p" { input = m.x.e }`;
    const { outcome, pipeline } = await started(outer);
    assert.ok(outcome.ok, told(outcome.diagnostics).join('\n'));
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'xx' });
  });

  test('takes the first of two modules of one name', async () => {
    const text = `${double}\n${double.replace('+ argument.v.value', '')}`;
    const { outcome, pipeline } = await started(fromFile, { '/mods/lib.alloy': text });
    assert.ok(outcome.ok, told(outcome.diagnostics).join('\n'));
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'xx' });
  });

  test('of a folder is one module of all its files', async () => {
    const { pipeline } = await started(fromFile.replace('lib.alloy', 'all'), {
      '/mods/all/a.alloy': double,
      '/mods/all/b.alloy': 'declare "other" { }',
      '/mods/all/README.md': 'no module',
    });
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'xx' });
  });

  test('keeps its last good module when a later text cannot be read or used, and says so', async () => {
    const { pipeline, outside, clock } = await started(fromFile, { '/mods/lib.alloy': double });
    const health = () => pipeline.components().find((one) => one.localId === 'import.file.lib')?.health;
    for (const spoil of [
      () => outside.files.write('/mods/lib.alloy', 'declare "double" {'),
      () => outside.files.remove('/mods/lib.alloy'),
    ]) {
      spoil();
      await clock.advance(10);
      assert.equal(health()?.state, 'unhealthy');
      assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'xx' });
    }
    outside.files.write('/mods/lib.alloy', double);
    await clock.advance(10);
    assert.equal(health()?.state, 'healthy');
  });

  test('is polled where nothing tells of changes', async () => {
    const polled = fromFile.replace('.alloy"', '.alloy"\n detector = "poll"\n poll_frequency = "10s"');
    const { pipeline, outside, clock } = await started(polled, { '/mods/lib.alloy': double });
    outside.files.write('/mods/lib.alloy', double.replace('+ argument', '+ "-" + argument'));
    await clock.advance(9_000);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'xx' });
    await clock.advance(1_010);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'x-x' });
  });

  test('may import in its turn, from beside itself', async () => {
    const lib = `import.file "inner" { filename = module_path + "/inner.alloy" }
declare "double" {
  argument "v" { }
  inner.twice "t" { v = argument.v.value }
  export "w" { value = inner.twice.t.w }
}`;
    const { pipeline, outcome, outside, clock } = await started(fromFile, {
      '/mods/lib.alloy': lib,
      '/mods/inner.alloy': double.replace('"double"', '"twice"'),
    });
    assert.deepEqual(outcome.diagnostics, []);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'xx' });
    outside.files.write(
      '/mods/inner.alloy',
      double.replace('"double"', '"twice"').replace('+ arg', '+ "-" + arg'),
    );
    await clock.advance(10);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'x-x' });
  });

  test('reaches modules inside of declares that use it', async () => {
    const text = `import.file "lib" { filename = "/mods/lib.alloy" }
declare "m" {
  lib.double "d" { v = "y" }
  export "w" { value = lib.double.d.w }
}
m "x" { }
fake.passthrough "p" { input = m.x.w }`;
    const { pipeline, outside, clock } = await started(text, { '/mods/lib.alloy': double });
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'yy' });
    outside.files.write('/mods/lib.alloy', double.replace('+ argument', '+ "-" + argument'));
    await clock.advance(10);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'y-y' });
  });

  test('that cannot be read refuses a first load', async () => {
    assert.match(
      told((await started(fromFile)).outcome.diagnostics)[0] ?? '',
      /^E0606 config.alloy:1 .*there is no such file/,
    );
  });

  test('with a wrong text harms only who uses it', async () => {
    const unused = await started('import.string "lib" { content = "declare {{" }');
    assert.equal(unused.outcome.ok, true);
    assert.match(
      told(unused.outcome.diagnostics)[0] ?? '',
      /^W0603 config.alloy:1 the imported module cannot be used/,
    );
    const { outcome } = await started(`import.string "lib" { content = "declare {{" }\n${use}`);
    assert.equal(outcome.ok, false);
    assert.ok(told(outcome.diagnostics).some((one) => one.startsWith('E0601 config.alloy:2')));
  });

  test('holds declares and imports only', async () => {
    const { outcome } = await started('import.string "lib" { content = "fake.source \\"a\\" { }" }');
    assert.equal(outcome.diagnostics[0]?.code, 'W0603');
    assert.match(outcome.diagnostics[0]?.message ?? '', /cannot hold `fake.source` at its top level/);
  });

  test('tells of a mistake inside with the line of its text and the place that uses it', async () => {
    const { outcome } = await started(
      'import.string "lib" { content = `\ndeclare "m" {\n  fake.source "s" { bogus = 1 }\n}` }\nlib.m "x" { }',
    );
    assert.equal(outcome.ok, false);
    assert.match(told(outcome.diagnostics)[0] ?? '', /^E0402 import.string.lib:3 /);
    assert.deepEqual(
      outcome.diagnostics[0]?.related?.map((one) => one.message),
      ['used here as `lib.m.x`', 'imported here as `import.string.lib`'],
    );
  });

  test('that leads to itself ends at a depth, unhealthy, not in the end of the program', async () => {
    const lib = 'import.file "again" { filename = "/mods/lib.alloy" }\ndeclare "double" { }';
    const { outcome, pipeline, clock } = await started(fromFile.split('\n')[0] ?? '', {
      '/mods/lib.alloy': lib,
    });
    assert.equal(outcome.ok, true);
    const deepest = pipeline.components().at(-1);
    assert.equal(deepest?.health.state, 'unhealthy');
    assert.match(deepest?.health.message ?? '', /more than 50 deep/);
    await pipeline.stop();
    assert.equal(clock.pending, 0);
  });
});
