import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settle } from '@pewter/testkit';
import { exportsOf, started, told } from './run-config.test-help.ts';

const upper = `declare "wrap" {
  argument "text" { }
  argument "end" {
    optional = true
    default  = "!"
  }
  fake.passthrough "p" { input = argument.text.value + argument.end.value }
  export "result" { value = fake.passthrough.p.output }
}
`;
const used = `fake.source "a" { value = "one" }
wrap "w" { text = fake.source.a.value }
fake.passthrough "after" { input = wrap.w.result }
`;

describe('a custom component', () => {
  test('takes arguments, has defaults for optional ones, and exports to those who refer to it', async () => {
    const { outcome, pipeline } = await started(upper + used);
    assert.deepEqual(outcome, { ok: true, applied: true, diagnostics: [] });
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.after'), { output: 'one!' });
  });

  test('has components of its own, with ids below its own', async () => {
    const { pipeline } = await started(upper + used);
    const inside = pipeline.components().filter((one) => one.moduleId !== '');
    assert.deepEqual(
      inside.map(({ moduleId, localId }) => [moduleId, localId]),
      [['wrap.w', 'fake.passthrough.p']],
    );
    assert.deepEqual(exportsOf(pipeline, 'wrap.w/fake.passthrough.p'), { output: 'one!' });
    assert.deepEqual(pipeline.details('wrap.w')?.arguments?.decoded, { text: 'one' });
  });

  test('lets a changed argument flow in and the changed export flow out, and builds nothing anew', async () => {
    const { fakes, clock, pipeline } = await started(upper + used);
    fakes.takeEvents();
    fakes.export('fake.source.a', { value: 'two' });
    await clock.advance(10);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.after'), { output: 'two!' });
    assert.deepEqual(fakes.takeEvents(), [
      'update wrap.w/fake.passthrough.p',
      'update fake.passthrough.after',
    ]);
  });

  test('keeps what its changed text leaves as it was over a reload', async () => {
    const { fakes, reload, pipeline } = await started(upper + used);
    fakes.takeEvents();
    const next = upper.replace('export "result"', 'fake.source "new" { }\n  export "result"');
    assert.equal((await reload(next + used)).ok, true);
    await settle();
    assert.deepEqual(fakes.takeEvents(), ['build wrap.w/fake.source.new', 'run wrap.w/fake.source.new']);
    assert.equal((await reload('')).ok, true);
    assert.deepEqual(
      new Set(fakes.takeEvents().filter((one) => one.includes('wrap'))),
      new Set(['stopped wrap.w/fake.passthrough.p', 'stopped wrap.w/fake.source.new']),
    );
    assert.deepEqual(pipeline.components(), []);
  });

  test('may be declared inside of another, and is known only there', async () => {
    const nested = `declare "outer" {
  declare "inner" {
    argument "v" { }
    export "w" { value = argument.v.value + argument.v.value }
  }
  argument "v" { }
  inner "i" { v = argument.v.value }
  export "w" { value = inner.i.w }
}
outer "o" { v = "x" }
fake.passthrough "p" { input = outer.o.w }`;
    const { pipeline, reload } = await started(nested);
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.p'), { output: 'xx' });
    assert.deepEqual(told((await reload(`${nested}\ninner "i" { v = "" }`)).diagnostics), [
      'E0201 config.alloy:12 there is no component `inner`',
    ]);
  });

  test('stops after its own writers, and leaves nothing behind', async () => {
    const { fakes, pipeline, clock } = await started(`declare "m" {
  argument "to" { }
  fake.writer "w" { forward_to = [argument.to.value] }
  fake.count "c" { }
}
fake.sink "s" { }
m "x" { to = fake.sink.s.receiver }`);
    fakes.takeEvents();
    assert.deepEqual(await pipeline.stop(), []);
    const events = fakes.takeEvents();
    assert.deepEqual(events.at(-1), 'stopped fake.sink.s');
    assert.equal(events.length, 3);
    assert.equal(clock.pending, 0);
  });

  test('does not see what stands outside, nor is its inside seen', async () => {
    const outside =
      'fake.source "a" { }\ndeclare "m" {\n  fake.passthrough "p" { input = fake.source.a.value }\n}\nm "x" { }';
    assert.deepEqual(told((await started(outside)).outcome.diagnostics), [
      'E0207 config.alloy:3 there is no component called `fake.source.a.value` here',
    ]);
  });

  test('is refused with the place inside its module and the place that uses it', async () => {
    const { outcome } = await started(
      'declare "m" {\n  argument "v" { }\n  fake.join "j" { inputs = argument.v.value }\n}\nm "x" { v = "text" }',
    );
    const [first] = outcome.diagnostics;
    assert.deepEqual(
      told(outcome.diagnostics).map((one) => one.slice(0, 20)),
      ['E0313 config.alloy:3'],
    );
    assert.deepEqual(
      first?.related?.map(({ source, range, message }) => `${source.position(range.start).line} ${message}`),
      ['5 used here as `m.x`'],
    );
  });

  test('goes on with its old module and arguments when a reload makes them wrong', async () => {
    const { reload, pipeline } = await started(upper + used);
    const outcome = await reload(upper.replace('+ argument.end.value', '* 2') + used);
    assert.deepEqual({ ok: outcome.ok, applied: outcome.applied }, { ok: false, applied: true });
    assert.deepEqual(exportsOf(pipeline, 'fake.passthrough.after'), { output: 'one!' });
    const health = pipeline.components().find((one) => one.localId === 'wrap.w')?.health;
    assert.equal(health?.state, 'unhealthy');
  });

  test('tells of each misuse', async () => {
    const cases: readonly (readonly [text: string, expected: RegExp])[] = [
      ['declare "m" { }\nm "x" { other = 1 }', /^E0402 config.alloy:2 `m` has no argument `other`/],
      ['declare "m" {\n  argument "a" { }\n}\nm "x" { }', /^E0401 config.alloy:4 the required argument `a`/],
      ['declare "m" {\n  m "again" { }\n}\nm "x" { }', /^E0605 config.alloy:2 `m` is used inside of itself/],
      ['argument "a" { }', /^E0602 config.alloy:1 `argument` stands outside of a `declare`/],
      ['export "a" { value = 1 }', /^E0602 config.alloy:1 `export` stands outside of a `declare`/],
      ['declare "m" {\n  logging { }\n}\nm "x" { }', /^E0603 config.alloy:2 `logging` cannot stand inside/],
      ['declare "m" { }\nm.other "x" { }', /^E0601 config.alloy:2 nothing here declares `m.other`/],
      ['declare "declare" { }', /^E0204 config.alloy:1 a module cannot be called `declare`/],
      [
        'foreach "f" {\n  collection = []\n  var = "x"\n}',
        /^E0401 config.alloy:1 the required block `template`/,
      ],
    ];
    for (const [text, expected] of cases)
      assert.match(told((await started(text)).outcome.diagnostics)[0] ?? '', expected);
  });

  test('what stands beside a template that is missing has no place in the `foreach`', async () => {
    const text = 'foreach "f" {\n  collection = []\n  var = "x"\n  fake.source "s" { value = x }\n}';
    const { outcome } = await started(text);
    assert.deepEqual(
      told(outcome.diagnostics).map((one) => one.split(' (')[0]),
      [
        'E0401 config.alloy:1 the required block `template` of `foreach` is missing',
        'E0402 config.alloy:4 `foreach` has no block `fake.source`',
        'E0207 config.alloy:4 there is nothing called `x` here',
      ],
    );
  });

  test('is only warned of where it does no harm', async () => {
    const text = `declare { }
declare "m" {
  x = 1
  fake.source "s" { bogus = 1 }
}
declare "concat" { }
concat "c" { }`;
    const { outcome } = await started(text);
    assert.equal(outcome.ok, true);
    assert.deepEqual(
      told(outcome.diagnostics).map((one) => one.slice(0, 20)),
      ['W0601 config.alloy:1', 'W0602 config.alloy:3', 'E0402 config.alloy:4', 'W0201 config.alloy:7'],
    );
  });
});

describe('a reload', () => {
  test('tells at a reload of arguments that a running component does not take, in modules too', async () => {
    const failing = (input: string) => `fake.failing "u" {\n  in = "update"\n  input = ${input}\n}`;
    const each = (items: string) =>
      `foreach "f" {\n  collection = [${items}]\n  var = "x"\n  id = "n"\n  template {\n${failing('x.v')}\n  }\n}`;
    const config = (input: string, items: string) =>
      `declare "m" {\n  argument "v" { }\n  ${failing('argument.v.value')}\n}\n${failing(`"${input}"`)}\nm "x" { v = "${input}" }\n${each(items)}`;
    const { pipeline, reload, outcome } = await started(
      config('a', '{n = "1", v = "a"}, {n = "2", v = "a"}'),
    );
    assert.deepEqual([outcome.ok, outcome.diagnostics], [true, []]);
    const { ok, applied, diagnostics } = await reload(
      config('b', '{n = "1", v = "b"}, {n = "2", v = "a"}, {n = "3", v = "b"}'),
    );
    assert.deepEqual([ok, applied], [false, true]);
    assert.deepEqual(
      told(diagnostics).map((one) => one.replace(/:\d+ /, ' ')),
      Array(3).fill('E0212 config.alloy `fake.failing.u` cannot take its new arguments: fails in update'),
    );
    assert.equal(pipeline.components().find((one) => one.localId === 'm.x')?.health.state, 'unhealthy');
    assert.ok(pipeline.details('foreach.f/foreach_3_1/fake.failing.u'), 'what is new runs all the same');
  });
});

describe('the names inside of modules', () => {
  const shown = async (text: string, id: string) => {
    const { outcome, pipeline } = await started(text);
    assert.ok(outcome.ok, told(outcome.diagnostics).join('\n'));
    return exportsOf(pipeline, id);
  };

  test('of a custom component without a label is that of its module', async () => {
    const text = `declare "m" {
  export "e" { value = "own" }
}
m { }
fake.passthrough "p" { input = m.e }`;
    assert.deepEqual(await shown(text, 'fake.passthrough.p'), { output: 'own' });
  });

  test('reach all arguments at once through `argument`', async () => {
    const text = `declare "m" {
  argument "a" { }
  argument "b" {
    optional = true
    default  = "B"
  }
  fake.passthrough "p" { input = argument["a"].value + argument["b"]["value"] }
}
m "x" { a = "A" }`;
    assert.deepEqual(await shown(text, 'm.x/fake.passthrough.p'), { output: 'AB' });
  });

  const nested = `fake.source "around" { value = "+" }
foreach "f" {
  collection = ["a"]
  var        = "outer"
  template {
    foreach "g" {
      collection = ["b"]
      var        = "inner"
      template {
        fake.passthrough "p" { input = outer + fake.source.around.value + inner }
      }
    }
  }
}`;

  test('of the items of foreachs around are seen inside of all of them', async () => {
    const { outcome, pipeline, fakes, clock } = await started(nested);
    assert.ok(outcome.ok, told(outcome.diagnostics).join('\n'));
    const id = 'foreach.f/foreach_a_1/foreach.g/foreach_b_1/fake.passthrough.p';
    assert.deepEqual(exportsOf(pipeline, id), { output: 'a+b' });
    fakes.export('fake.source.around', { value: '-' });
    await clock.advance(20);
    assert.deepEqual(exportsOf(pipeline, id), { output: 'a-b' });
  });

  test('of an inner item hide those of an outer one', async () => {
    const text = nested.replace('"outer"', '"inner"').replace('outer +', '');
    const id = 'foreach.f/foreach_a_1/foreach.g/foreach_b_1/fake.passthrough.p';
    assert.deepEqual(await shown(text, id), { output: '+b' });
  });

  test('of an item and of what is around are seen by what is declared in the template', async () => {
    const text = `fake.source "around" { value = "+" }
foreach "f" {
  collection = ["a"]
  var        = "item"
  template {
    declare "m" {
      fake.passthrough "p" { input = item + fake.source.around.value }
    }
    m "x" { }
  }
}`;
    const { outcome, pipeline, fakes, clock } = await started(text);
    assert.ok(outcome.ok, told(outcome.diagnostics).join('\n'));
    const id = 'foreach.f/foreach_a_1/m.x/fake.passthrough.p';
    assert.deepEqual(exportsOf(pipeline, id), { output: 'a+' });
    fakes.export('fake.source.around', { value: '-' });
    await clock.advance(20);
    assert.deepEqual(exportsOf(pipeline, id), { output: 'a-' });
  });

  test('of an item hide the arguments of the module around', async () => {
    const text = `declare "m" {
  argument "v" { }
  foreach "f" {
    collection = argument.v.value
    var        = "argument"
    template {
      fake.passthrough "p" { input = argument }
    }
  }
}
m "x" { v = ["a"] }`;
    assert.deepEqual(await shown(text, 'm.x/foreach.f/foreach_a_1/fake.passthrough.p'), { output: 'a' });
  });
});

describe('foreach', () => {
  const text = `fake.source "outer" { value = "-" }
foreach "f" {
  collection = ["a", "b", "b"]
  var        = "item"
  template {
    fake.passthrough "p" { input = item + fake.source.outer.value }
  }
}`;

  test('runs its template once for each item, seeing what stands around it', async () => {
    const { pipeline, outcome, fakes, clock } = await started(text);
    assert.deepEqual(outcome.diagnostics, []);
    const ids = pipeline
      .components()
      .map(({ moduleId }) => moduleId)
      .filter((one) => one !== '');
    assert.deepEqual(ids, ['foreach.f/foreach_a_1', 'foreach.f/foreach_b_1', 'foreach.f/foreach_b_2']);
    assert.deepEqual(exportsOf(pipeline, 'foreach.f/foreach_b_2/fake.passthrough.p'), { output: 'b-' });
    fakes.export('fake.source.outer', { value: '+' });
    await clock.advance(10);
    assert.deepEqual(exportsOf(pipeline, 'foreach.f/foreach_a_1/fake.passthrough.p'), { output: 'a+' });
  });

  test('starts what a new item needs, stops what a removed one had, and leaves the rest alone', async () => {
    const { fakes, reload, clock, pipeline } = await started(text);
    fakes.takeEvents();
    assert.equal((await reload(text.replace('["a", "b", "b"]', '["c", "b"]'))).ok, true);
    await clock.advance(10);
    assert.deepEqual(
      new Set(fakes.takeEvents()),
      new Set([
        'build foreach.f/foreach_c_1/fake.passthrough.p',
        'run foreach.f/foreach_c_1/fake.passthrough.p',
        'stopped foreach.f/foreach_a_1/fake.passthrough.p',
        'stopped foreach.f/foreach_b_2/fake.passthrough.p',
      ]),
    );
    await pipeline.stop();
    assert.equal(clock.pending, 0);
  });

  test('names its modules by a field of the items where `id` says so', async () => {
    const { pipeline } = await started(`foreach "f" {
  collection = [{n = "x", v = 1}, {n = "y", v = 2}]
  var        = "item"
  id         = "n"
  template {
    fake.source "s" { value = item.n }
  }
}`);
    assert.deepEqual(exportsOf(pipeline, 'foreach.f/foreach_y_1/fake.source.s'), { value: 'y' });
  });

  test('is refused with the place in its template that an item does not fit', async () => {
    const { outcome } = await started(
      'foreach "f" {\n collection = ["a", [1]]\n var = "x"\n template {\n fake.source "s" { value = x }\n }\n}',
    );
    assert.deepEqual(
      told(outcome.diagnostics).map((one) => one.slice(0, 20)),
      ['E0313 config.alloy:5'],
    );
  });
});
