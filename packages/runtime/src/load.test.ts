import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { body } from '@pewter/language';
import { SourceFile } from '@pewter/syntax';
import { FakeComponents } from '@pewter/testkit';
import { type LoadOptions, load } from './load.ts';

/** The diagnostics of a config as `CODE line:column message | hint`. */
function diagnose(text: string | readonly string[], options: Partial<LoadOptions> = {}): string[] {
  const sources = [text].flat().map((one, index) => new SourceFile(`${index}.alloy`, one));
  const { registry } = new FakeComponents();
  const loaded = load({ sources, registry, stability: 'generally-available', ...options });
  return loaded.diagnostics.map(({ code, message, hint, location }) => {
    const { line, column } = location?.source.position(location.range.start) ?? { line: 0, column: 0 };
    return `${code} ${line}:${column} ${message}${hint === undefined ? '' : ` | ${hint}`}`;
  });
}

const httpBlock = { name: 'http', stability: 'generally-available', arguments: body({}) } as const;

describe('loading a config', () => {
  test('accepts components that refer to each other in any order', () => {
    const text = 'fake.passthrough "b" { input = fake.source.a.value }\nfake.source "a" { value = "x" }';
    assert.deepEqual(diagnose(text), []);
  });

  test('takes several files as one config', () => {
    assert.deepEqual(
      diagnose(['fake.passthrough "b" { input = fake.source.a.value }', 'fake.source "a" { }']),
      [],
    );
  });

  test('refuses an unknown component and says which it may be', () => {
    assert.deepEqual(diagnose('fake.sorce "a" { }\nloki.write "b" { }'), [
      'E0201 1:1 there is no component `fake.sorce` | did you mean `fake.source`?',
      'E0201 2:1 there is no component `loki.write`',
    ]);
  });

  test('tells a component that only the reference runs from a mistyped one', () => {
    const knownComponents = (name: string) =>
      name === 'loki.write' ? { reason: 'only profiles run here' } : undefined;
    assert.deepEqual(diagnose('loki.write "b" { }', { knownComponents }), [
      'E0202 1:1 `loki.write` is a component of Alloy that does not run here | only profiles run here',
    ]);
  });

  test('asks for a label where one is missing and refuses one where none belongs', () => {
    assert.deepEqual(
      diagnose('fake.source { }\nlogging "x" { }\nhttp "x" { }', { configBlocks: [httpBlock] }),
      [
        'E0203 1:1 `fake.source` needs a label | name it, as in `fake.source "default" { … }`',
        'W0202 2:9 the label of `logging` has no meaning | remove it',
        'E0204 3:6 `http` takes no label | remove the label',
      ],
    );
  });

  test('refuses a second block of one id and points at the first', () => {
    const sources = [
      new SourceFile('a', 'fake.source "a" { }'),
      new SourceFile('b', '\nfake.source "a" { }'),
    ];
    const { registry } = new FakeComponents();
    const { diagnostics } = load({ sources, registry, stability: 'generally-available' });
    assert.equal(diagnostics.length, 1);
    assert.equal(diagnostics[0]?.code, 'E0206');
    assert.equal(diagnostics[0]?.location?.source.name, 'b');
    assert.equal(diagnostics[0]?.related?.[0]?.source.name, 'a');
    assert.deepEqual(diagnose('logging { }\nlogging { }'), [
      'E0206 2:1 `logging` is declared twice | a config has one of these: merge the two',
    ]);
  });

  test('refuses a reference to what is not there, wherever it stands, and says what there is', () => {
    const text = `fake.source "first" { }
fake.source "second" { }
fake.join "j" {
  inputs = [fake.source.frist.value, (fake.sourcee.first.value), fake.source.value, nothing, {a = other.x}["a"]]
}`;
    assert.deepEqual(diagnose(text), [
      'E0207 4:13 there is no component called `fake.source.frist.value` here | did you mean `fake.source.first`?',
      'E0207 4:39 there is no component called `fake.sourcee.first.value` here | did you mean `fake.source.first`?',
      'E0207 4:66 there is no component called `fake.source.value` here | there are `fake.source.first`, `fake.source.second`',
      'E0207 4:85 there is nothing called `nothing` here | put a text in double quotes; a reference has the form `COMPONENT.LABEL.FIELD`',
      'E0207 4:99 there is no component called `other.x` here | a reference has the form `COMPONENT.LABEL.FIELD`, as in `discovery.http.pods.targets`',
    ]);
  });

  test('refuses a component that refers to itself', () => {
    assert.deepEqual(diagnose('fake.passthrough "a" { input = fake.passthrough.a.output }'), [
      'E0208 1:32 `fake.passthrough.a` refers to itself | a component cannot take its own exports; refer to another one',
    ]);
  });

  test('shows the way round a cycle with the place of every step, each cycle once, in source order', () => {
    const text = `fake.passthrough "a" { input = fake.passthrough.c.output }
fake.passthrough "b" { input = fake.passthrough.a.output }
fake.passthrough "c" { input = fake.passthrough.b.output }
fake.passthrough "d" { input = fake.passthrough.e.output }
fake.passthrough "e" { input = fake.passthrough.d.output }`;
    assert.deepEqual(diagnose(text), [
      'E0209 1:32 these components wait for each other: `fake.passthrough.a` → `fake.passthrough.c` → `fake.passthrough.b` → `fake.passthrough.a` | take one of these references out',
      'E0209 4:32 these components wait for each other: `fake.passthrough.d` → `fake.passthrough.e` → `fake.passthrough.d` | take one of these references out',
    ]);
    const { registry } = new FakeComponents();
    const sources = [new SourceFile('a', text)];
    const [first] = load({ sources, registry, stability: 'generally-available' }).diagnostics;
    assert.deepEqual(
      first?.related?.map(({ source, range, message }) => `${source.position(range.start).line} ${message}`),
      [
        '3 `fake.passthrough.c` refers to `fake.passthrough.b`',
        '2 `fake.passthrough.b` refers to `fake.passthrough.a`',
      ],
    );
  });

  test('what may not be used at this stability level is told once, with those that refer to it', () => {
    const text =
      'fake.experimental "a" { input = "" }\nfake.passthrough "p" { input = fake.experimental.a.output }';
    const { diagnostics } = load({
      registry: new FakeComponents().registry,
      stability: 'generally-available',
      sources: [new SourceFile('c.alloy', text)],
    });
    const places = diagnostics.flatMap(({ location, related = [] }) => [location, ...related]);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['E0211'],
    );
    assert.deepEqual(
      places.map((one) => one?.source.position(one.range.start).line),
      [1, 2],
    );
  });

  test('a block that is not to be had, is misplaced or unnamed is told once, and not by those who refer to it', () => {
    const refers = (id: string) => `fake.passthrough "p" { input = ${id} }`;
    const codes = (text: string) => diagnose(text).map((line) => line.slice(0, 9));
    assert.deepEqual(codes(`other.thing "t" { }\n${refers('other.thing.t.exports.v')}`), ['E0201 1:1']);
    assert.deepEqual(codes(`argument "a" { }\n${refers('argument.a.value')}`), ['E0602 1:1']);
    assert.deepEqual(codes(`fake.source { }\n${refers('fake.source.value')}`), ['E0203 1:1']);
    assert.deepEqual(codes(`fake.source { }\n${refers('fake.source.other.value')}`), ['E0203 1:1']);
  });

  test('what is wrong inside of a block that is misplaced, unnamed or repeated is told all the same', () => {
    const codes = (text: string) => diagnose(text).map((line) => line.slice(0, 9));
    assert.deepEqual(codes('export "e" {\n  value = fake.x\n  more = 1\n}'), [
      'E0602 1:1',
      'E0207 2:1',
      'E0402 3:3',
    ]);
    assert.deepEqual(codes('fake.passthrough {\n  inptu = 1\n}'), ['E0203 1:1', 'E0401 1:1', 'E0402 2:3']);
    assert.deepEqual(codes('fake.source "a" { }\nfake.source "a" {\n  valeu = 1\n}'), [
      'E0206 2:1',
      'E0402 3:3',
    ]);
  });

  test('a file of modules is refused for what is wrong without a use of them, and warned of what is settled by a use', () => {
    const severities = (body: string) => {
      const sources = [new SourceFile('lib', `declare "m" {\n  argument "a" { }\n${body}\n}`)];
      const { registry } = new FakeComponents();
      const loaded = load({ sources, registry, stability: 'generally-available', checkLibraries: true });
      return loaded.diagnostics.map(({ code, severity }) => `${code} ${severity}`);
    };
    assert.deepEqual(severities('  fake.passthrough "p" { input = "x" }'), []);
    assert.deepEqual(severities('  fake.passthrough "p" { input = [1] }'), ['E0313 error']);
    assert.deepEqual(severities('  fake.passthrough "p" { inptu = 1 }'), ['E0401 error', 'E0402 error']);
    assert.deepEqual(severities('  fake.passthrough "p" { input = argument.a }'), ['E0313 warning']);
    assert.deepEqual(
      severities('  fake.passthrough "p" { input = fake.source.s.valeu }\n  fake.source "s" { }'),
      ['E0302 warning'],
    );
  });

  test('a file of modules is refused where a block has no label or an attribute no block, which is a warning beside what runs', () => {
    const severities = (text: string) => {
      const { registry } = new FakeComponents();
      const sources = [new SourceFile('lib', text)];
      const loaded = load({ sources, registry, stability: 'generally-available', checkLibraries: true });
      return loaded.diagnostics.map(({ code, severity }) => `${code} ${severity}`);
    };
    const modules = 'declare {\n  export "e" { value = 1 }\n}\ndeclare "m" {\n  x = 1\n}\n';
    assert.deepEqual(severities(modules), ['W0601 error', 'W0602 error']);
    assert.deepEqual(severities(`${modules}m "a" { }`), ['W0601 warning', 'W0602 warning']);
  });

  test('refuses an attribute outside of a block', () => {
    assert.deepEqual(diagnose('x = 1'), [
      'E0210 1:1 attribute `x` stands outside of a block | a config holds blocks at its top level; move the attribute into the block that it is meant for',
    ]);
  });

  test('refuses what is less settled than allowed and says how to allow it', () => {
    const text = 'fake.experimental "a" { input = "" }';
    assert.deepEqual(diagnose(text), [
      'E0211 1:1 `fake.experimental` is experimental, and only what is generally-available may be used | run with --stability.level=experimental',
    ]);
    assert.deepEqual(diagnose(text, { stability: 'experimental' }), []);
  });

  test('says that an import which is not to be had here is not supported yet', () => {
    assert.match(diagnose('import.fil "m" { }')[0] ?? '', /^E0201 1:1 there is no component `import.fil`/);
  });

  test('follows types along references', () => {
    const text = `fake.source "a" { }
fake.sink "s" { }
fake.passthrough "b" { input = fake.source.a.valeu }
fake.join "c" { inputs = fake.sink.s.receiver }`;
    assert.deepEqual(
      diagnose(text).map((line) => line.slice(0, 10)),
      ['E0302 3:46', 'E0313 4:26'],
    );
  });

  test('reports everything at once, sorted by place', () => {
    const codes = diagnose(
      'x = 1\nfake.sorce "a" { }\nfake.passthrough "b" { }\nfake.source "c" { value = nothing }',
    );
    assert.deepEqual(
      codes.map((line) => line.slice(0, 5)),
      ['E0210', 'E0201', 'E0401', 'E0207'],
    );
  });

  test('adds nothing about a block whose text could not be read', () => {
    assert.deepEqual(
      diagnose('fake.source "not-a-name" { }').map((line) => line.slice(0, 5)),
      ['E0113'],
    );
  });
});
