import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settle } from '@pewter/testkit';
import { started } from './run-config.test-help.ts';

/** One of many configs that share some components and not others, with modules among them. */
function config(n: number): string {
  const chain = Array.from(
    { length: (n % 5) + 1 },
    (_, at) => `fake.passthrough "p${at}" { input = fake.source.a.value + "${(at * n) % 3}" }`,
  );
  const file = n % 3 === 0 ? 'import.file "lib" { filename = "/lib.alloy" }\nlib.m "i" { v = "x" }' : '';
  return `fake.source "a" { value = "${n % 4}" }
fake.count "c${n % 2}" { frequency = "${(n % 7) + 1}s" }
fake.failing "f" { in = "${['nothing', 'run', 'early_end', 'build', 'update', 'health'][n % 6]}" }
declare "m" {
  argument "v" { }
  fake.count "inside" { frequency = "${(n % 3) + 1}s" }
  fake.passthrough "p" { input = argument.v.value }
  export "w" { value = fake.passthrough.p.output }
}
m "one" { v = fake.source.a.value }
foreach "each" {
  collection = ["${n % 3}", "${n % 4}", "same"]
  var        = "item"
  template {
    fake.count "t" { }
    fake.passthrough "p" { input = item }
  }
}
${chain.join('\n')}
${file}
${n % 10 === 9 ? 'fake.passthrough "broken" { input = nothing.here }' : ''}`;
}

describe('a pipeline over a long time', () => {
  test('leaves no timer, loop or watch behind after 1,000 reloads among 20 configs', async () => {
    const lib = 'declare "m" {\n argument "v" { }\n fake.source "s" { value = argument.v.value }\n}';
    const { fakes, clock, outside, pipeline, reload } = await started(config(0), { '/lib.alloy': lib });
    let seed = 7;
    for (let n = 0; n < 1_000; n++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      const reloading = reload(config(seed % 20));
      await clock.advance(700);
      await reloading;
      if (n % 50 === 0) fakes.takeEvents();
    }
    await reload('');
    await clock.advance(1_000);
    assert.deepEqual(pipeline.components(), []);
    assert.equal(clock.pending, 0);
    assert.equal(outside.files.watching, 0);
    await pipeline.stop();
  });

  test('lives on whatever a component throws, wherever', async () => {
    const unhandled: unknown[] = [];
    const note = (thrown: unknown) => unhandled.push(thrown);
    process.on('unhandledRejection', note);
    const parts = ['run', 'early_end', 'health', 'exports', 'debug_info', 'update', 'timer'];
    const failing = parts.map(
      (part) => `fake.failing "${part}" {\n in = "${part}"\n input = fake.source.a.value\n}`,
    );
    const { fakes, clock, pipeline } = await started(
      `fake.source "a" { }\nfake.passthrough "after" { input = fake.source.a.value }\ndeclare "m" {\n argument "v" { }\n fake.failing "inside" {\n in = "update"\n input = argument.v.value\n }\n}\nm "x" { v = fake.source.a.value }\n${failing.join('\n')}`,
    );
    fakes.context('fake.source.a')?.clock.setTimeout(() => {
      throw new Error('fails in a timer');
    }, 1);
    for (const value of ['one', 'two', 'three']) {
      fakes.export('fake.source.a', { value });
      await clock.advance(10);
      for (const { localId, moduleId } of pipeline.components()) {
        pipeline.details(moduleId === '' ? localId : `${moduleId}/${localId}`);
      }
    }
    await pipeline.metricsText();
    assert.deepEqual(pipeline.details('fake.passthrough.after')?.exports?.decoded, { output: 'three' });
    assert.deepEqual(await pipeline.stop(), []);
    await settle();
    process.off('unhandledRejection', note);
    assert.deepEqual(unhandled, []);
    assert.equal(clock.pending, 0);
  });
});
