import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { any, body, capsule, list, optional, required, string } from '@pewter/language';
import { SourceFile } from '@pewter/syntax';
import { FakeComponents, fakeReceiverKind, settle, testOutside } from '@pewter/testkit';
import { type ComponentContext, type ComponentDefinition, defineComponent } from './component.ts';
import { createLogger } from './logger.ts';
import { Pipeline } from './pipeline.ts';
import { registryOf } from './registry.ts';
import { told } from './run-config.test-help.ts';

const known = (
  name: string,
  definition: Pick<ComponentDefinition, 'arguments' | 'exports'>,
): ComponentDefinition => ({
  name,
  stability: 'generally-available',
  onlyKnown: true,
  ...definition,
  implementation: () => assert.fail(`${name} is not to be loaded`),
});

const elsewhere = [
  known('other.sink', {
    arguments: body({ input: optional(any) }),
    exports: body({ receiver: required(capsule(fakeReceiverKind)) }),
  }),
  known('other.logs', {
    arguments: body({}),
    exports: body({ receiver: required(capsule({ name: 'loki.receiver' })) }),
  }),
  known('other.source', {
    arguments: body({}),
    exports: body({ value: required(string), list: required(list(string)) }),
  }),
];

type LateContext = ComponentContext<{ readonly value: string }>;

/** A pipeline that was started with a config, and what came of it. */
async function running(text: string, unsupported: 'refuse' | 'skip' = 'skip') {
  const fakes = new FakeComponents();
  let late: LateContext | undefined;
  const source = defineComponent({
    name: 'late.source',
    stability: 'generally-available',
    arguments: body({}),
    exports: body({ value: required(string) }),
    implementation: async () => ({
      build(context: LateContext) {
        late = context;
        const run = (signal: AbortSignal) =>
          new Promise<void>((end) => signal.addEventListener('abort', () => end()));
        return { run, update() {} };
      },
    }),
  });
  const outside = testOutside();
  const lines: string[] = [];
  const logs = createLogger({
    destination: { write: (line) => void lines.push(line) },
    clock: outside.clock,
  });
  const configured = new Map<string, unknown>();
  const pipeline = new Pipeline({
    registry: registryOf([...fakes.registry.values(), source, ...elsewhere]),
    stability: 'experimental',
    unsupported,
    outside,
    logs,
    storagePath: '/nonexistent',
    configure: (name, decoded) => void configured.set(name, decoded),
    configBlocks: [
      {
        name: 'tracer',
        stability: 'experimental',
        arguments: body({ write_to: optional(capsule({ name: 'loki.receiver' })), n: optional(string) }),
      },
    ],
  });
  const reload = (next: string) => pipeline.reload([new SourceFile('config.alloy', next)]);
  const outcome = await reload(text);
  pipeline.start();
  await settle();
  const health = () =>
    Object.fromEntries(
      pipeline.components().map((one) => {
        const id = one.moduleId === '' ? one.localId : `${one.moduleId}/${one.localId}`;
        return [id, `${one.health.state}: ${one.health.message}`];
      }),
    );
  return {
    fakes,
    outside,
    pipeline,
    reload,
    outcome,
    lines,
    health,
    logs,
    configured,
    tell: (value: string) => late?.setExports({ value }),
  };
}

const mixed = `
fake.source "a" {
  value = "x"
}
fake.passthrough "mine" {
  input = fake.source.a.value
}
other.sink "theirs" {
  input = fake.source.a.value
}
fake.writer "mixed" {
  forward_to = [other.sink.theirs.receiver]
}
other.source "s" { }
fake.passthrough "after" {
  input = other.source.s.value + "!"
}
fake.passthrough "last" {
  input = fake.passthrough.after.output
}`;

describe('a component that does not run here', () => {
  test('is refused with its place, each of them, and nothing that only refers to one is', async () => {
    const { outcome, pipeline } = await running(mixed, 'refuse');
    assert.equal(outcome.applied, false);
    assert.deepEqual(told(outcome.diagnostics), [
      'E0202 config.alloy:8 `other.sink` is a component of Alloy that does not run here',
      'E0202 config.alloy:14 `other.source` is a component of Alloy that does not run here',
    ]);
    assert.match(outcome.diagnostics[0]?.hint ?? '', /--unsupported=skip/);
    assert.deepEqual(pipeline.components(), []);
    await pipeline.stop();
  });

  test('is left out, and so is what depends on its values; the rest runs', async () => {
    const { outcome, health, pipeline, lines, fakes, outside } = await running(mixed);
    assert.deepEqual(outcome.diagnostics, []);
    assert.deepEqual(health(), {
      'fake.source.a': 'healthy: started component',
      'fake.passthrough.mine': 'healthy: started component',
      'other.sink.theirs': 'unknown: not implemented here: `other.sink` runs only in Alloy',
      'fake.writer.mixed':
        'unknown: skipped: it depends on `other.sink.theirs`, which is not implemented here',
      'other.source.s': 'unknown: not implemented here: `other.source` runs only in Alloy',
      'fake.passthrough.after':
        'unknown: skipped: it depends on `other.source.s`, which is not implemented here',
      'fake.passthrough.last': 'unknown: skipped: it depends on `fake.passthrough.after`, which is skipped',
    });
    assert.equal(lines.filter((line) => line.includes('component does not run')).length, 5);
    const metrics = await pipeline.metricsText();
    assert.match(
      metrics,
      /pewter_skipped_components\{.*component_id="other.sink.theirs",because="not_implemented"\} 1/,
    );
    assert.match(
      metrics,
      /pewter_skipped_components\{.*component_id="fake.writer.mixed",because="depends_on_skipped"\} 1/,
    );
    fakes.export('fake.source.a', { value: 'y' });
    await outside.clock.advance(10);
    assert.deepEqual(pipeline.details('fake.passthrough.mine')?.exports?.decoded, { output: 'y' });
    await pipeline.stop();
  });

  test('is told of once, and a reload that takes it out runs what it held up', async () => {
    const { reload, health, lines, pipeline, fakes } = await running(mixed);
    const before = lines.length;
    await reload(mixed);
    assert.deepEqual(
      lines.slice(before).filter((line) => line.includes('does not run')),
      [],
    );
    fakes.takeEvents();
    await reload(mixed.replace('other.source.s.value + "!"', '"known"'));
    await settle();
    assert.equal(health()['fake.passthrough.after'], 'healthy: started component');
    assert.equal(health()['fake.passthrough.last'], 'healthy: started component');
    assert.ok(fakes.takeEvents().includes('run fake.passthrough.last'));
    assert.deepEqual(pipeline.details('fake.passthrough.last')?.exports?.decoded, { output: 'known' });
    await reload(mixed);
    await settle();
    assert.match(health()['fake.passthrough.last'] ?? '', /^unknown: skipped/);
    assert.ok(fakes.takeEvents().includes('stopped fake.passthrough.last'));
    await pipeline.stop();
  });

  test('is told from one whose exports are only awaited', async () => {
    const { health, tell, outside, pipeline, logs } = await running(`
late.source "l" { }
other.source "s" { }
fake.passthrough "waits" {
  input = late.source.l.value
}
fake.passthrough "never" {
  input = late.source.l.value + other.source.s.value
}
logging {
  level = late.source.l.value
}`);
    assert.match(
      health()['fake.passthrough.waits'] ?? '',
      /^unhealthy: .*waits for what `late\.source\.l` exports/,
    );
    assert.match(
      health()['fake.passthrough.never'] ?? '',
      /^unknown: skipped: it depends on `other\.source\.s`/,
    );
    tell('debug');
    await outside.clock.advance(10);
    assert.equal(logs.settings.level, 'debug');
    assert.equal(health()['fake.passthrough.waits'], 'healthy: started component');
    assert.match(health()['fake.passthrough.never'] ?? '', /^unknown: skipped/);
    await pipeline.stop();
  });

  test('wrong references to it are mistakes all the same', async () => {
    const { outcome } = await running(
      'other.source "s" { }\nfake.passthrough "a" {\n\tinput = other.source.s.nothing\n}',
    );
    assert.equal(outcome.ok, false);
    assert.match(told(outcome.diagnostics).join(), /config\.alloy:3/);
  });

  test('leaves a block that configures the program in force, without the argument that names it', async () => {
    const { logs, lines, configured, reload } = await running(`
logging {
  level = "debug"
  write_to = [other.logs.x.receiver]
}
tracer {
  n = "1"
  write_to = other.logs.x.receiver
}
other.logs "x" { }`);
    assert.equal(logs.settings.level, 'debug');
    assert.deepEqual({ ...(configured.get('tracer') as object) }, { n: '1', write_to: undefined });
    assert.match(lines.join(''), /block=logging arguments=.*write_to/);
    await reload('other.logs "x" { }');
    assert.equal(logs.settings.level, 'info');
    assert.equal(configured.get('tracer'), undefined);
  });
});

const inModule = `
declare "m" {
  argument "to" { }
  argument "text" { }
  fake.writer "w" {
    forward_to = [argument.to.value]
  }
  fake.passthrough "p" {
    input = argument.text.value
  }
  other.source "inner" { }
  export "text" {
    value = fake.passthrough.p.output
  }
  export "lost" {
    value = other.source.inner.value
  }
}
other.sink "x" { }
m "one" {
  to   = other.sink.x.receiver
  text = "t"
}
other.source "around" { }
m "two" {
  to   = other.sink.x.receiver
  text = "<" + other.source.around.value + ">"
}
fake.passthrough "good" {
  input = m.one.text
}
fake.passthrough "bad" {
  input = m.one.lost
}`;

describe('in modules', () => {
  test('each is refused where it stands', async () => {
    const { outcome } = await running(inModule, 'refuse');
    assert.deepEqual(
      told(outcome.diagnostics).map((one) => one.slice(0, 23)),
      ['E0202 config.alloy:11 `', 'E0202 config.alloy:19 `', 'E0202 config.alloy:24 `'],
    );
  });

  test('what does without it runs, and values that are not known go in and out', async () => {
    const { health, outcome, pipeline } = await running(inModule);
    assert.deepEqual(outcome.diagnostics, []);
    const found = health();
    assert.equal(found['m.one'], 'healthy: started custom component');
    assert.equal(found['m.one/fake.passthrough.p'], 'healthy: started component');
    assert.match(found['m.one/fake.writer.w'] ?? '', /^unknown: skipped: it depends on .*`argument\.to`/);
    assert.match(found['m.one/other.source.inner'] ?? '', /^unknown: not implemented here/);
    assert.equal(found['m.two'], 'healthy: started custom component');
    assert.match(
      found['m.two/fake.passthrough.p'] ?? '',
      /^unknown: skipped: it depends on .*`argument\.text`/,
    );
    assert.equal(found['fake.passthrough.good'], 'healthy: started component');
    assert.match(found['fake.passthrough.bad'] ?? '', /^unknown: skipped: it depends on .*`m\.one`/);
    assert.deepEqual(pipeline.details('fake.passthrough.good')?.exports?.decoded, { output: 't' });
    assert.ok(pipeline.details('m.one'));
    await pipeline.stop();
  });

  test('a module whose text comes from it is left out', async () => {
    const { health, pipeline } = await running(`
other.source "s" { }
import.string "lib" {
  content = other.source.s.value
}
lib.add "x" { }`);
    assert.match(health()['import.string.lib'] ?? '', /^unknown: skipped: it depends on `other\.source\.s`/);
    assert.match(health()['lib.add.x'] ?? '', /^unknown: skipped: it depends on .*`import\.string\.lib`/);
    await pipeline.stop();
  });

  test('a template of foreach that names it runs for the rest, and a collection of it is left out', async () => {
    const { health, pipeline } = await running(`
other.sink "x" { }
other.source "s" { }
foreach "each" {
  collection = ["a", "b"]
  var = "item"
  template {
    fake.passthrough "p" {
      input = item
    }
    fake.writer "w" {
      forward_to = [other.sink.x.receiver]
    }
  }
}
foreach "none" {
  collection = other.source.s.list
  var = "item"
  template {
    fake.passthrough "p" {
      input = item
    }
  }
}`);
    const found = health();
    assert.equal(found['foreach.each/foreach_a_1/fake.passthrough.p'], 'healthy: started component');
    assert.match(found['foreach.each/foreach_b_1/fake.writer.w'] ?? '', /^unknown: skipped/);
    assert.match(found['foreach.none'] ?? '', /^unknown: skipped: it depends on `other\.source\.s`/);
    await pipeline.stop();
  });
});
