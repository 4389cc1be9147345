import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root, scratchFolder } from './harness/files.ts';
import { loadedModules } from './harness/loaded-modules.ts';

// What a command loads is what it costs to start: a library that creeps in is seen here.

const main = join(root, 'packages', 'cli', 'src', 'main.ts');

const config = `discovery.http "sd" {
  url = "http://127.0.0.1:9/targets"
}
pyroscope.scrape "s" {
  targets    = discovery.http.sd.targets
  forward_to = [pyroscope.write.w.receiver]
}
pyroscope.write "w" {
  endpoint {
    url = "http://127.0.0.1:9"
  }
}
`;

/** The parser, the graph, the command line, and what shows a message. */
const checking = [
  '@chevrotain/cst-dts-gen',
  '@chevrotain/gast',
  '@chevrotain/regexp-to-ast',
  '@chevrotain/utils',
  '@dagrejs/graphlib',
  'chevrotain',
  'commander',
  'get-east-asian-width',
  'picocolors',
];

/** Files that hold what a component runs on, by the component. */
const runs = /^packages\/(?:discovery|pyroscope)\/src\/(?:([\w-]+)-component\.ts|([\w-]+)\/component\.ts)$/;

function running(own: readonly string[]): readonly string[] {
  return own.flatMap((file) => {
    const found = runs.exec(file);
    return found === null ? [] : [found[1] ?? found[2] ?? ''];
  });
}

describe('start-up', () => {
  test('validate loads what checks and nothing that runs', async () => {
    await using folder = await scratchFolder();
    const path = await folder.write('a.alloy', config);
    const { status, packages, own, builtin } = await loadedModules([main, 'validate', path]);
    assert.equal(status, 0);
    assert.deepEqual(
      packages.filter((name) => !checking.includes(name)),
      [],
    );
    assert.deepEqual(running(own), []);
    assert.ok(!builtin.includes('node:crypto'), builtin.join());
  });

  test('validate loads YAML and RE2 only for a config that needs them', async () => {
    await using folder = await scratchFolder();
    const rule =
      'discovery.relabel "r" {\n  targets = []\n  rule {\n    regex = "(a|b)+"\n    action = "labeldrop"\n  }\n}\n';
    const file = 'local.file "f" {\n  filename = encoding.from_yaml("a: b")["a"]\n}\n';
    const path = await folder.write('a.alloy', `${rule}${file}`);
    const { status, packages } = await loadedModules([main, 'validate', path]);
    assert.equal(status, 0);
    assert.deepEqual(
      packages.filter((name) => !checking.includes(name)),
      ['re2js', 'yaml'],
    );
  });

  test('run loads the code of the components that its config uses, and of no other', async () => {
    await using folder = await scratchFolder();
    const path = await folder.write('a.alloy', config);
    const args = [
      main,
      'run',
      '--server.http.listen-addr=127.0.0.1:0',
      `--storage.path=${folder.path}`,
      path,
    ];
    const { own, packages } = await loadedModules(args, /HTTP API listens/);
    assert.deepEqual(running(own), ['http', 'scrape', 'write']);
    assert.ok(packages.includes('undici'));
    assert.ok(!packages.some((name) => name === 'yaml' || name === 're2js' || name.startsWith('@aws-sdk/')));
  });
});
