import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exportsOf, started, told } from './run-config.test-help.ts';

/** What a component of each construct's example exports, after it was loaded without a complaint. */
async function outputOf(text: string, files: Readonly<Record<string, string>> = {}) {
  const running = await started(text, files);
  assert.deepEqual(told(running.outcome.diagnostics), []);
  return { ...running, output: () => exportsOf(running.pipeline, 'fake.passthrough.out') };
}

describe('the page of argument', () => {
  test('`optional` without `default` is null, and `comment` says what it is for', async () => {
    const { output } = await outputOf(`declare "m" {
  argument "given" {
    optional = true
    comment  = "Any text."
  }
  export "text" { value = encoding.to_json({v = argument.given.value}) }
}
m "a" { }
fake.passthrough "out" { input = m.a.text }`);
    assert.deepEqual(output(), { output: '{"v":null}' });
  });

  test('a value of any type is passed on as it is: receivers and objects too', async () => {
    const { pipeline } = await outputOf(`declare "m" {
  argument "to" { }
  argument "object" { }
  fake.writer "w" {
    forward_to = argument.to.value
    input      = argument.object.value["a"][1]
  }
}
fake.sink "s" { }
m "a" {
  to     = [fake.sink.s.receiver]
  object = {a = ["x", "y"]}
}`);
    assert.deepEqual(
      (pipeline.details('m.a/fake.writer.w')?.arguments?.decoded as { input?: string } | undefined)?.input,
      'y',
    );
  });

  test('a null that is given is null, not the default', async () => {
    const { output } = await outputOf(`declare "m" {
  argument "v" {
    optional = true
    default  = "default"
  }
  export "text" { value = encoding.to_json({v = argument.v.value}) }
}
m "a" { v = null }
fake.passthrough "out" { input = m.a.text }`);
    assert.deepEqual(output(), { output: '{"v":null}' });
  });
});

describe('the page of declare', () => {
  test('its body may import, declare, and use what it imported and declared', async () => {
    const text = `declare "m" {
  import.file "lib" { filename = "/lib.alloy" }
  import.string "inline" { content = "declare \\"c\\" { \\n export \\"w\\" { value = \\"!\\" } \\n }" }
  declare "local" {
    argument "v" { }
    lib.double "d" { v = argument.v.value }
    export "w" { value = lib.double.d.w }
  }
  argument "v" { }
  local "l" { v = argument.v.value }
  inline.c "c" { }
  export "w" { value = local.l.w + inline.c.c.w }
}
m "a" { v = "x" }
fake.passthrough "out" { input = m.a.w }`;
    const { output } = await outputOf(text, { '/lib.alloy': double });
    assert.deepEqual(output(), { output: 'xx!' });
  });

  test('a name inside hides the same name outside', async () => {
    const { output } = await outputOf(`declare "c" {
  export "w" { value = "outer" }
}
declare "m" {
  declare "c" {
    export "w" { value = "inner" }
  }
  c "x" { }
  export "w" { value = c.x.w }
}
c "x" { }
m "a" { }
fake.passthrough "out" { input = m.a.w + c.x.w }`);
    assert.deepEqual(output(), { output: 'innerouter' });
  });
});

const double = `declare "double" {
  argument "v" { }
  export "w" { value = argument.v.value + argument.v.value }
}`;

describe('the pages of import', () => {
  test('the files of a folder are one module: each may use what another declares', async () => {
    const twice = `declare "twice" {
  argument "v" { }
  double "d" { v = argument.v.value }
  export "w" { value = double.d.w }
}`;
    const files = { '/mods/a.alloy': twice, '/mods/b.alloy': double };
    const text = `import.file "lib" { filename = "/mods" }
lib.twice "t" { v = "x" }
fake.passthrough "out" { input = lib.twice.t.w }`;
    const { output, outside, clock } = await outputOf(text, files);
    assert.deepEqual(output(), { output: 'xx' });
    outside.files.write('/mods/b.alloy', double.replace('+ argument', '+ "-" + argument'));
    await clock.advance(10);
    assert.deepEqual(output(), { output: 'x-x' });
  });

  test('`module_path` is the folder of the module, and works with `file.path_join`', async () => {
    const path = 'declare "m" {\n export "w" { value = file.path_join(module_path, "x.txt") }\n}';
    const text = (filename: string) => `import.file "lib" { filename = "${filename}" }
lib.m "t" { }
fake.passthrough "out" { input = lib.m.t.w }`;
    for (const filename of ['/mods', '/mods/a.alloy']) {
      const { output } = await outputOf(text(filename), { '/mods/a.alloy': path });
      assert.deepEqual(output(), { output: '/mods/x.txt' });
    }
  });
});

describe('the page of foreach', () => {
  const each = (
    collection: string,
    more = '',
    template = 'fake.passthrough "p" { input = encoding.to_json({v = item}) }',
  ) =>
    `foreach "f" {
  collection = ${collection}
  var        = "item"
  ${more}
  template {
    ${template}
  }
}`;

  test('items are of any type', async () => {
    const { pipeline } = await outputOf(each('[true, 1.5, "s", ["l"], {m = "v"}, null]'));
    const outputs = pipeline
      .components()
      .filter(({ name }) => name === 'fake.passthrough')
      .map(({ moduleId, localId }) => exportsOf(pipeline, `${moduleId}/${localId}`));
    assert.deepEqual(
      new Set(outputs.map((one) => (one as { output: string }).output)),
      new Set(['{"v":true}', '{"v":1.5}', '{"v":"s"}', '{"v":["l"]}', '{"v":{"m":"v"}}', '{"v":null}']),
    );
  });

  test('`hash_string_id` names modules by a hash instead of the text', async () => {
    const { pipeline } = await outputOf(each('["a/b c"]', 'hash_string_id = true'));
    const module = pipeline.components().find(({ name }) => name === 'fake.passthrough')?.moduleId ?? '';
    assert.match(module, /^foreach\.f\/foreach_[0-9a-f]{16}_1$/);
  });

  test('`enable_metrics` shows the metrics of what is inside, and nothing else does', async () => {
    const count = 'fake.measured "m" { }';
    for (const [more, shown] of [
      ['', false],
      ['enable_metrics = true', true],
      ['enable_metrics = false', false],
    ] as const) {
      const { pipeline } = await outputOf(`${each('["a"]', more, count)}\nfake.measured "outside" { }`);
      const text = await pipeline.metricsText();
      assert.match(text, /fake_built_total\{.*component_id="fake\.measured\.outside"/);
      assert.equal(text.includes('component_path="/foreach.f/foreach_a_1"'), shown);
    }
  });

  test('follows a collection that a component exports', async () => {
    const { pipeline, fakes, clock } = await outputOf(
      `fake.source "list" { value = "a,b" }\n${each('string.split(fake.source.list.value, ",")')}`,
    );
    const modules = () =>
      pipeline.components().flatMap(({ moduleId }) => (moduleId === '' ? [] : [moduleId.split('/')[1]]));
    assert.deepEqual(modules(), ['foreach_a_1', 'foreach_b_1']);
    fakes.export('fake.source.list', { value: 'b,c' });
    await clock.advance(10);
    assert.deepEqual(modules(), ['foreach_b_1', 'foreach_c_1']);
  });

  test('its template may use custom components and hold another foreach, and stand in a declare', async () => {
    const { pipeline } = await outputOf(`${double}
declare "m" {
  argument "list" { }
  foreach "outer" {
    collection = argument.list.value
    var        = "row"
    template {
      foreach "inner" {
        collection = row
        var        = "cell"
        template {
          double "d" { v = cell }
        }
      }
    }
  }
}
m "a" { list = [["x", "y"], ["z"]] }`);
    const doubled = pipeline
      .components()
      .filter(({ name }) => name === 'double')
      .map(({ moduleId, localId }) => exportsOf(pipeline, `${moduleId}/${localId}`));
    assert.deepEqual(doubled, [{ w: 'xx' }, { w: 'yy' }, { w: 'zz' }]);
  });

  test('what is inside cannot be referred to from outside', async () => {
    const { outcome } = await started(
      `${each('["a"]')}\nfake.passthrough "out" { input = fake.passthrough.p.output }`,
    );
    assert.match(told(outcome.diagnostics)[0] ?? '', /^E0207 config.alloy:9 /);
  });
});
