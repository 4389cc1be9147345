import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { body, capsule, list, map, optional, required, secret, string, withDefault } from '@pewter/language';
import { type ComponentDefinition, load, registryOf } from '@pewter/runtime';
import { SourceFile } from '@pewter/syntax';
import { Linter, namedLints } from './index.ts';

const known = (
  name: string,
  args: ComponentDefinition['arguments'],
  exports: ComponentDefinition['exports'],
): ComponentDefinition => ({
  name,
  stability: 'generally-available',
  arguments: args,
  exports,
  implementation: () => Promise.reject(new Error('only checked')),
});

const any = { type: 'any' } as const;
const scrapeArguments = body({
  targets: required(any),
  forward_to: optional(list(any)),
  scrape_interval: withDefault(string, '15s'),
  scrape_timeout: withDefault(string, '18s'),
  scheme: withDefault(string, 'http'),
  profiling_config: {
    kind: 'block' as const,
    required: false,
    repeated: false,
    labelled: false,
    defaulted: false,
    body: body({
      path_prefix: optional(string),
      'profile.process_cpu': {
        kind: 'block' as const,
        required: false,
        repeated: false,
        labelled: false,
        defaulted: false,
        body: body({ enabled: optional(any), path: optional(string), delta: optional(any) }),
      },
    }),
  },
});
const rules = {
  kind: 'block' as const,
  required: false,
  repeated: true,
  labelled: false,
  defaulted: false,
  body: body({
    source_labels: optional(any),
    target_label: optional(string),
    action: optional(string),
    regex: optional(string),
    replacement: optional(string),
    modulus: optional(any),
  }),
};

const registry = registryOf([
  known('pyroscope.scrape', scrapeArguments, body({})),
  known('discovery.relabel', body({ targets: required(any), rule: rules }), body({ output: required(any) })),
  known(
    'test.source',
    body({
      password: optional(secret),
      name: optional(any),
      keys: optional(list(secret)),
      groups: optional(map(list(secret))),
      headers: optional(map(string)),
      http_headers: optional(map(list(secret))),
      url: optional(string),
      urls: optional(list(string)),
      params: optional(map(list(string))),
      targets: optional(list(capsule({ name: 'target', from: () => ({}) }))),
    }),
    body({ value: required(string) }),
  ),
  known('test.relabel', body({ forward_to: required(list(any)) }), body({ rules: required(any) })),
  known('test.worker', body({ forward_to: optional(any) }), body({ targets: required(any) })),
]);

/** The codes and lines of what is found, as `W0521:1`. */
function lint(text: string, off: readonly string[] = []): readonly string[] {
  const source = new SourceFile('a.alloy', text);
  const config = load({ registry, stability: 'experimental', sources: [source] });
  return new Linter({ registry }, off)
    .review(config)
    .map(({ code, location }) => `${code}:${location?.source.position(location.range.start).line}`);
}

describe('a component that nobody reads', () => {
  test('is warned of', () => assert.deepEqual(lint('test.source "a" { }'), ['W0521:1']));

  test('is not one that works by itself, is read by its field, or is read as a whole', () => {
    assert.deepEqual(lint('test.worker "a" { }'), []);
    assert.deepEqual(
      lint('test.source "a" { }\ntest.worker "b" {\n  forward_to = test.source.a.value\n}'),
      [],
    );
    assert.deepEqual(lint('test.source "a" { }\ntest.worker "b" {\n  forward_to = [test.source.a]\n}'), []);
  });

  test('is found inside of a module, where what stands around cannot read it', () => {
    const text = 'declare "m" {\n  test.source "a" { }\n}\ntest.worker "b" { }';
    assert.deepEqual(lint(text), ['W0521:2']);
  });
});

describe('coalesce', () => {
  const value = (expression: string) => lint(`test.worker "a" {\n  forward_to = ${expression}\n}`);

  test('with something that is never empty first is warned of', () => {
    for (const first of ['"x"', '1', 'true', '[1]', '("x" + sys.env("Y"))', '{a = 1}']) {
      assert.deepEqual(value(`coalesce(${first}, sys.env("Z"))`), ['W0522:2'], first);
    }
  });

  test('in the right order, or with one argument, is fine', () => {
    for (const args of ['sys.env("Z"), "x"', '"x"', '"", "x"', '0, 1', '[], [1]', 'null, "x"']) {
      assert.deepEqual(value(`coalesce(${args})`), [], args);
    }
  });
});

describe('a timeout shorter than the interval of delta profiles', () => {
  const scrape = (body: string) => lint(`pyroscope.scrape "a" {\n  targets = []\n${body}\n}`);

  test('is warned of where it is written', () => {
    assert.deepEqual(scrape('  scrape_interval = "1m"\n  scrape_timeout = "10s"'), ['W0523:4']);
    assert.deepEqual(scrape('  scrape_timeout = "10s"'), ['W0523:3']);
  });

  test('is fine where it is left to its default, is longer, or no profile takes the interval', () => {
    assert.deepEqual(scrape('  scrape_interval = "1m"'), []);
    assert.deepEqual(scrape('  scrape_interval = "10s"\n  scrape_timeout = "10s"'), []);
    const off = '  profiling_config {\n    profile.process_cpu {\n      enabled = false\n    }\n  }';
    assert.deepEqual(scrape(`  scrape_timeout = "10s"\n${off}`), []);
  });
});

describe('a target that is written out', () => {
  const scrape = (targets: string) => lint(`pyroscope.scrape "a" {\n  targets = ${targets}\n}`);

  test('is warned of where nothing can come of it', () => {
    for (const target of [
      '{}',
      '{"service_name" = "a"}',
      '{"__address__" = ""}',
      '{"__address__" = "http://h:80"}',
      '{"__address__" = "h:80/debug"}',
      '{"__address__" = "h:80", "__scheme__" = "ftp"}',
      '{"__address__" = "h o:80"}',
      '{"__address__" = "h:http"}',
      '{"__address__" = "h:99999"}',
      '{"__address__" = "me@h:80"}',
      '{"__address__" = "::1"}',
      '{"__address__" = "h:80", "my-label" = "x"}',
    ]) {
      assert.deepEqual(scrape(`[{"__address__" = "a:1"}, ${target}]`), ['W0528:2'], target);
      assert.deepEqual(scrape(`array.concat([], [${target}])`), ['W0528:2'], target);
    }
  });

  test('is fine where it can be scraped, or where that is not known', () => {
    const worker = 'test.worker "w" { }\n';
    for (const targets of [
      '[{"__address__" = "h", "__scheme__" = "https", "__profile_path__" = "/x", "__my-own" = "x", "a.b" = "c"}]',
      '[{"__address__" = sys.env("X")}]',
      '[{"__address__" = "h:" + "80"}]',
      '[{"__address__" = "[::1]:80"}, {"__address__" = "[::1]"}, {"__address__" = "10.0.0.1:65535"}]',
    ])
      assert.deepEqual(scrape(targets), [], targets);
    assert.deepEqual(lint(`${worker}pyroscope.scrape "a" {\n  targets = test.worker.w.targets\n}`), []);
  });
});

test('a scheme that nothing is scraped over is warned of where it is written', () => {
  const scrape = (scheme: string) => lint(`pyroscope.scrape "a" {\n  targets = []\n  scheme = ${scheme}\n}`);
  for (const scheme of ['"htps"', '"ftp"']) assert.deepEqual(scrape(scheme), ['W0528:3'], scheme);
  for (const scheme of ['"http"', '"https"', '""', 'sys.env("S")'])
    assert.deepEqual(scrape(scheme), [], scheme);
});

describe('receivers', () => {
  const scrape = (receivers: string) =>
    lint(
      `test.worker "w" { }\npyroscope.scrape "a" {\n  targets = test.worker.w.targets\n  forward_to = ${receivers}\n}`,
    );

  test('that are none are warned of', () => assert.deepEqual(scrape('[]'), ['W0529:4']));

  test('may be none of what gives its rules to others', () => {
    const config =
      'test.relabel "r" {\n  forward_to = []\n}\ntest.worker "w" {\n  forward_to = test.relabel.r.rules\n}';
    assert.deepEqual(lint(config), []);
  });

  test('that are some, or not known, are fine', () => {
    for (const receivers of ['[test.worker.w.targets]', 'array.concat([], test.worker.w.targets)'])
      assert.deepEqual(scrape(receivers), [], receivers);
  });
});

describe('a group of a regex', () => {
  const rule = (text: string) =>
    lint(
      `discovery.relabel "a" {\n  targets = []\n  rule {\n    target_label = "x"\n${text}\n  }\n}\npyroscope.scrape "s" {\n  targets = discovery.relabel.a.output\n}`,
    );

  test('that there is not is warned of', () => {
    for (const text of [
      '    replacement = "$2"',
      '    regex = "(a)"\n    replacement = "$1x"',
      '    regex = "(?:a)(b)"\n    replacement = "$2"',
      '    regex = "(?i)a"\n    replacement = "$1"',
      '    regex = `\\((a)`\n    replacement = "$2"',
      '    regex = "[(](a)"\n    replacement = "$2"',
      '    regex = "(?P<host>a)"\n    replacement = "\x24{name}"',
      '    regex = "(a)(b)"\n    action = "labelmap"\n    replacement = "$3"',
    ])
      assert.deepEqual(
        rule(text).map((one) => one.slice(0, 5)),
        ['W0530'],
        text,
      );
  });

  test('that there is, or may be, is fine', () => {
    for (const text of [
      '    replacement = "$1"',
      '    replacement = "$0 costs $$5"',
      '    regex = "(a)(b)"\n    replacement = "$2:\x24{1}x"',
      '    regex = "(?P<host>a)"\n    replacement = "$host"',
      '    regex = "(?<host>a)"\n    replacement = "\x24{host}"',
      '    regex = `\\Q(\\E(a)`\n    replacement = "$1"',
      '    regex = sys.env("R")\n    replacement = "$4"',
      '    action = "keep"\n    regex = "a"\n    replacement = "$4"',
    ])
      assert.deepEqual(rule(text), [], text);
  });
});

describe('two scrapes of one address and path', () => {
  const scrapes = (first: string, second: string, extra = '') =>
    lint(
      `pyroscope.scrape "a" {\n  targets = ${first}\n}\npyroscope.scrape "b" {\n  targets = ${second}\n${extra}\n}`,
    );
  const one = '[{"__address__" = "h:80"}]';

  test('collide in their CPU profiles', () => {
    assert.deepEqual(scrapes(one, one), ['W0524:5']);
    const worker = 'test.worker "w" { }\n';
    const by = (name: string, targets: string) => `pyroscope.scrape "${name}" {\n  targets = ${targets}\n}\n`;
    const whole = 'test.worker.w.targets';
    assert.deepEqual(lint(worker + by('a', whole) + by('b', `array.concat(${whole}, [])`)), ['W0524:6']);
  });

  test('do not where address, path, or what they take differs', () => {
    assert.deepEqual(scrapes(one, '[{"__address__" = "h:81"}]'), []);
    const config = (text: string) => `  profiling_config {\n    ${text}\n  }`;
    assert.deepEqual(scrapes(one, one, config('path_prefix = "/b"')), []);
    assert.deepEqual(scrapes(one, one, config('profile.process_cpu {\n      enabled = false\n    }')), []);
    assert.deepEqual(
      scrapes(one, one, config('profile.process_cpu {\n      enabled = sys.env("X") == "1"\n    }')),
      [],
    );
  });
});

describe('hashmod', () => {
  const rule = (text: string) => `  rule {\n${text}\n  }\n`;
  const hash =
    '    source_labels = ["__address__"]\n    action = "hashmod"\n    modulus = 4\n    target_label = ';
  const relabel = (rules: string) =>
    lint(
      `discovery.relabel "a" {\n  targets = []\n${rules}}\npyroscope.scrape "s" {\n  targets = discovery.relabel.a.output\n}`,
    );

  test('into a label that no rule looks at is warned of', () => {
    assert.deepEqual(relabel(rule(`${hash}"__tmp_hash"`)), ['W0525:5']);
  });

  test('is fine with a rule that keeps by the label, or into one that stays', () => {
    const keep = rule('    source_labels = ["__tmp_hash"]\n    regex = "0"\n    action = "keep"');
    assert.deepEqual(relabel(rule(`${hash}"__tmp_hash"`) + keep), []);
    assert.deepEqual(relabel(rule(`${hash}"shard"`)), []);
  });
});

describe('a secret that is written out', () => {
  const password = (text: string) =>
    lint(
      `test.source "a" {\n  password = ${text}\n}\ntest.worker "b" {\n  forward_to = test.source.a.value\n}`,
    );

  test('is warned of, a password inside of a connection string too', () => {
    assert.deepEqual(password('"hunter2"'), ['W0526:2']);
    assert.deepEqual(password('"postgres://me:hunter2@host/db"'), ['W0526:2']);
  });

  test('is not one that comes from outside, is empty, a placeholder or a connection string without password', () => {
    const fine = ['sys.env("P")', '""', '"<PASSWORD>"', '"$PASSWORD"', '"API_TOKEN"', '"root@(host:3306)/"'];
    for (const text of fine) assert.deepEqual(password(text), [], text);
  });
});

describe('a secret that is written out deeper', () => {
  const source = (text: string) =>
    lint(`test.source "a" {\n${text}\n}\ntest.worker "b" {\n  forward_to = test.source.a.value\n}`);

  test('is warned of in lists, maps, headers and URLs', () => {
    for (const text of [
      'keys = ["hunter2"]',
      'groups = {"a" = ["hunter2"]}',
      'headers = {"X-Scope-OrgID" = "1", "Authorization" = "Bearer hunter2"}',
      'http_headers = {"X-Api-Key" = ["hunter2"]}',
      'url = "https://me:hunter2@host/path"',
      'urls = ["https://host", "https://me:hunter2@host"]',
      'url = "https://host/path?id=1&token=hunter2"',
      'params = {"seconds" = ["1"], "token" = ["hunter2"]}',
      'targets = [{"__address__" = "h:1", "__param_token" = "hunter2"}]',
    ])
      assert.deepEqual(source(`  ${text}`), ['W0526:2'], text);
  });

  test('is none in other headers, in URLs without a password, where it comes from outside or is a placeholder', () => {
    for (const text of [
      'keys = [sys.env("K"), "<KEY>", ""]',
      'groups = {"a" = [sys.env("K")]}',
      'headers = {"X-Scope-OrgID" = "tenant", "Authorization" = "Bearer " + sys.env("T")}',
      'headers = {"Authorization" = "Bearer <token>"}',
      'http_headers = {"X-Scope-OrgID" = ["tenant"]}',
      'url = "https://me@host:443/a:b@c"',
      'url = "https://me:<PASSWORD>@host"',
      'url = "https://host/?token=<TOKEN>&id=1"',
      'params = {"token" = [sys.env("T")], "name" = ["[token]=(.*)"]}',
      'targets = [{"__address__" = "h:1", "__param_token" = sys.env("T"), "job" = "token"}]',
    ])
      assert.deepEqual(source(`  ${text}`), [], text);
  });
});

describe('a secret that is written out for a module', () => {
  const module = (inside: string, use: string, extra = '') =>
    lint(`declare "m" {\n  argument "key" {\n${extra}\n  }\n${inside}\n}\nm "x" {\n  ${use}\n}`, [
      'unused-component',
    ]);
  const direct = '  test.source "a" {\n    password = argument.key.value\n  }';

  test('is warned of where it is given, however deep it becomes a secret', () => {
    assert.deepEqual(module(direct, 'key = "hunter2"'), ['W0526:10']);
    const nested = `  declare "n" {\n    argument "inner" { }\n    test.source "a" {\n      password = argument.inner.value\n    }\n  }\n  n "y" {\n    inner = argument.key.value\n  }`;
    assert.deepEqual(module(nested, 'key = "hunter2"'), ['W0526:16']);
    const each = `  foreach "e" {\n    collection = [1]\n    var = "one"\n    template {\n${direct}\n    }\n  }`;
    assert.deepEqual(
      module(each, 'key = "hunter2"').map((one) => one.slice(0, 5)),
      ['W0526'],
    );
  });

  test('is warned of where it is a default', () => {
    assert.deepEqual(module(direct, 'key = sys.env("K")', '    optional = true\n    default = "hunter2"'), [
      'W0526:4',
    ]);
  });

  test('is none where the argument becomes no secret', () => {
    assert.deepEqual(
      module('  test.source "a" {\n    name = argument.key.value\n  }', 'key = "hunter2"'),
      [],
    );
    assert.deepEqual(module(direct, 'key = sys.env("K")'), []);
  });
});

describe('turning a lint off', () => {
  test('by name or code', () => {
    assert.deepEqual(lint('test.source "a" { }', ['unused-component']), []);
    assert.deepEqual(lint('test.source "a" { }', ['W0521']), []);
  });

  test('by a comment above the block, also with other comments between, and behind the line', () => {
    assert.deepEqual(lint('// pewter:ignore unused-component\ntest.source "a" { }\ntest.source "b" { }'), [
      'W0521:3',
    ]);
    assert.deepEqual(lint('// pewter:ignore unused-component\n// why\ntest.source "a" { }'), []);
    assert.deepEqual(lint('test.source "a" { } // pewter:ignore unused-component, literal-secret'), []);
  });

  test('for a whole file', () => {
    const text = '// pewter:ignore-file unused-component\n\ntest.source "a" { }\n\ntest.source "b" { }';
    assert.deepEqual(lint(text), []);
  });

  test('never hides an error', () => {
    assert.deepEqual(lint('// pewter:ignore E0402\ntest.worker "a" {\n  bogus = 1\n}'), ['E0402:3']);
  });

  test('by a name that is none is told', () => {
    assert.deepEqual(lint('// pewter:ignore unused\ntest.worker "a" { }'), ['W0527:1']);
  });

  test('warnings of loading have names too', () => {
    assert.deepEqual(lint('test.worker "a" {\n  forward_to = env("X")\n}'), ['W0301:2']);
    assert.deepEqual(lint('test.worker "a" {\n  forward_to = env("X")\n}', ['deprecated-function']), []);
  });
});

test('every lint has a name of its own', () => {
  const names = namedLints.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.equal(new Set(namedLints.map(({ code }) => code)).size, names.length);
});
