import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { body, required, string } from '@pewter/language';
import { SourceFile } from '@pewter/syntax';
import { FakeComponents, testOutside } from '@pewter/testkit';
import { defineImport } from './import-definition.ts';
import { loadResolved, type ResolveImports } from './resolve-imports.ts';
import { told } from './run-config.test-help.ts';

const strict = `declare "m" {
  argument "v" { }
  fake.passthrough "p" { input = argument.v.value }
  export "w" { value = fake.passthrough.p.output }
}`;

/** A source of modules on the network, and how often it was asked. */
function remote() {
  const source = { asked: 0 };
  const definition = defineImport({
    name: 'import.remote',
    stability: 'generally-available',
    reach: 'network',
    arguments: body({ url: required(string) }),
    async read(_, { url }) {
      source.asked++;
      return { texts: [new SourceFile(url, strict)] };
    },
    watch: () => () => {},
  });
  return { source, definition };
}

async function checked(
  text: string,
  resolveImports?: ResolveImports,
  files: Readonly<Record<string, string>> = {},
) {
  const outside = testOutside();
  for (const [path, content] of Object.entries(files)) outside.files.write(path, content);
  const { source, definition } = remote();
  const options = {
    registry: new FakeComponents().registry,
    stability: 'experimental' as const,
    sources: [new SourceFile('config.alloy', text)],
    imports: [definition],
    ...(resolveImports === undefined ? {} : { resolveImports }),
  };
  const config = await loadResolved(options, { ...outside, storagePath: '/nonexistent' });
  return { config, asked: source.asked, told: told(config.diagnostics) };
}

const use = (kind: string) => `import.${kind}
lib.m "x" { wrong = 1 }
fake.passthrough "p" { input = lib.m.x.nothing }`;
const file = use('file "lib" { filename = "/lib.alloy" }');
const fetched = use('remote "lib" { url = "u" }');
const files = { '/lib.alloy': strict };

describe('a file that cannot be read', () => {
  const about = async (filename: string, files: Readonly<Record<string, string>> = {}) => {
    const { config } = await checked(`import.file "lib" { filename = "${filename}" }`, 'file', files);
    return config.diagnostics.map(({ code, message, hint }) => `${code} ${message}; ${hint}`).join('\n');
  };

  test('is told with where its path starts', async () => {
    assert.equal(
      await about('mods/lib.alloy'),
      'W0604 `import.file.lib` cannot be read: "mods/lib.alloy": there is no such file or folder, seen from where the program is started; a relative path does not start at the config: `file.path_join(module_path, "…")` does',
    );
    assert.match(
      await about('/gone'),
      /cannot be read: "\/gone": there is no such file or folder; what it brings/,
    );
  });

  test('and lies beside the config is told with how to reach it', async () => {
    const source = new SourceFile('/etc/pewter/config.alloy', 'import.file "lib" { filename = "lib.alloy" }');
    const outside = testOutside();
    outside.files.write('/etc/pewter/lib.alloy', strict);
    const options = {
      registry: new FakeComponents().registry,
      stability: 'experimental' as const,
      sources: [source],
    };
    const { diagnostics } = await loadResolved(options, { ...outside, storagePath: '/nonexistent' });
    assert.match(
      diagnostics[0]?.hint ?? '',
      /beside the config: `file\.path_join\(module_path, "lib\.alloy"\)`/,
    );
  });
});

describe('a check that follows imports', () => {
  test('reads files and texts unless told otherwise, and nothing from elsewhere', async () => {
    assert.match(
      (await checked(file, undefined, files)).told.join('\n'),
      /E0402 config.alloy:2 `lib.m` has no argument `wrong`/,
    );
    const { config, asked } = await checked(fetched);
    assert.deepEqual([config.diagnostics, asked], [[], 0]);
  });

  test('accepts all that is used from an import where it reads none', async () => {
    const inline = use(`string "lib" { content = ${JSON.stringify(strict)} }`);
    for (const text of [file, fetched, inline]) {
      assert.deepEqual((await checked(text, 'off', files)).config.diagnostics, []);
    }
  });

  test('fetches what is elsewhere where it may', async () => {
    const { told: lines, asked } = await checked(fetched, 'all');
    assert.equal(asked, 1);
    assert.match(lines.join('\n'), /E0402 config.alloy:2/);
    assert.match(lines.join('\n'), /E0401 config.alloy:2/);
  });

  test('warns of what it cannot read, and accepts what is used from it', async () => {
    const { config, told: lines } = await checked(file);
    assert.equal(config.ok, true);
    assert.match(
      lines.join('\n'),
      /^W0604 config.alloy:1 `import.file.lib` cannot be read: "\/lib\.alloy": there is no such file/,
    );
  });

  test('follows imports inside of what it read, from beside it', async () => {
    const outer =
      'import.file "inner" { filename = file.path_join(module_path, "inner.alloy") }\ndeclare "m" {\n  inner.m "i" { }\n}';
    const text = 'import.file "lib" { filename = "/mods/lib.alloy" }\nlib.m "x" { }';
    const { config } = await checked(text, 'file', { '/mods/lib.alloy': outer, '/mods/inner.alloy': strict });
    const [first] = config.diagnostics.filter((one) => one.severity === 'error');
    assert.match(
      told(first === undefined ? [] : [first])[0] ?? '',
      /^E0401 \/mods\/lib.alloy:3 the required argument `v`/,
    );
    assert.deepEqual(
      first?.related?.map((one) => one.message),
      ['declared here', 'needed here', 'used here as `lib.m.x`', 'imported here as `import.file.lib`'],
    );
  });

  test('ends where an import leads to itself', async () => {
    const lib =
      'import.file "again" { filename = "/lib.alloy" }\nimport.file "once_more" { filename = "/lib.alloy" }';
    const { told: lines } = await checked('import.file "lib" { filename = "/lib.alloy" }', 'file', {
      '/lib.alloy': lib,
    });
    assert.deepEqual(
      lines.map((one) => one.slice(0, 19)),
      ['W0604 /lib.alloy:1 ', 'W0604 /lib.alloy:2 '],
    );
  });

  test('is never led by what only the machine knows', async () => {
    const text = 'import.file "lib" { filename = sys.env("MODULES") }\nlib.m "x" { any = 1 }';
    assert.deepEqual((await checked(text)).config.diagnostics, []);
  });
});
