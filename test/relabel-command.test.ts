import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ScratchFolder, scratchFolder } from './harness/files.ts';
import { runPewter } from './harness/process.ts';
import { startTarget } from './harness/recording-target.ts';

const chain = `
discovery.relabel "first" {
	targets = SOURCE

	rule {
		source_labels = ["__meta_app"]
		target_label  = "app"
	}

	rule {
		source_labels = ["app"]
		regex         = ".+"
		action        = "keep"
	}
}

discovery.relabel "second" {
	targets = discovery.relabel.first.output

	rule {
		source_labels = ["app"]
		regex         = "web"
		action        = "drop"
	}
}
`;

const written = `[
	{ "__address__" = "a:1", "__meta_app" = "api" },
	{ "__address__" = "b:1", "__meta_app" = "web" },
	{ "__address__" = "c:1" },
]`;

async function relabel(folder: ScratchFolder, config: string, args: readonly string[], stdin?: string) {
  await folder.write('p.alloy', config);
  const options = { cwd: folder.path, ...(stdin !== undefined && { stdin }) };
  return runPewter(['relabel', 'p.alloy', ...args], options);
}

const second = ['--component', 'discovery.relabel.second'];

describe('pewter relabel', () => {
  test('shows the way of each target through all components, and the rule that dropped it', async () => {
    await using folder = await scratchFolder();
    const config = chain.replace('SOURCE', written);
    const { status, stdout, stderr } = await relabel(folder, config, ['--trace', ...second]);
    assert.deepEqual([status, stderr], [0, '']);
    const [kept = '', drop = '', unnamed = '', sum = ''] = stdout.trim().split('\n\n');
    assert.equal(
      kept,
      `{"__address__"="a:1", "__meta_app"="api"}
  discovery.relabel.first
    rule 1, replace (p.alloy:9):
      + app = "api"
    rule 2, keep (p.alloy:14): no change
  = {"__address__"="a:1", "__meta_app"="api", "app"="api"}
  discovery.relabel.second
    rule 1, drop (p.alloy:24): no change
  = {"__address__"="a:1", "__meta_app"="api", "app"="api"}`,
    );
    assert.match(drop, /discovery\.relabel\.second\n {4}rule 1, drop \(p\.alloy:24\): dropped$/);
    assert.match(unnamed, /discovery\.relabel\.first\n.*no change\n {4}rule 2, keep .*: dropped$/);
    assert.equal(sum, 'discovery.relabel.second: 3 targets in, 1 out, 2 dropped');
  });

  test('takes the only component with rules where none is named', async () => {
    await using folder = await scratchFolder();
    const only = chain.slice(0, chain.indexOf('discovery.relabel "second"')).replace('SOURCE', written);
    const { status, stdout } = await relabel(folder, only, []);
    assert.equal(status, 0);
    assert.match(stdout, /discovery\.relabel\.first: 3 targets in, 2 out, 1 dropped/);
    const none = await relabel(folder, 'discovery.file "x" {\n files = ["x.json"]\n}', []);
    assert.equal(none.status, 2);
    assert.match(none.stderr, /the config has no relabel component/);
  });

  test('asks the discoveries before the component, and nothing else of the config', async () => {
    await using folder = await scratchFolder();
    const answer = [{ targets: ['a:1', 'b:1'], labels: { __meta_app: 'api' } }];
    await using asked = await startTarget(() => ({ body: JSON.stringify(answer) }));
    await using other = await startTarget();
    const discovery = (name: string, address: string) =>
      `discovery.http "${name}" {\n\turl = "http://${address}/sd"\n}\n`;
    const config = `${discovery('asked', asked.address)}${discovery('other', other.address)}
      pyroscope.scrape "s" {
        targets = array.concat(discovery.http.other.targets, discovery.relabel.second.output)
        forward_to = []
      }${chain.replace('SOURCE', 'discovery.http.asked.targets')}`;
    const { status, stdout } = await relabel(folder, config, ['--json', '--trace', ...second]);
    assert.equal(status, 0);
    const journeys: { result: { app: string }; components: { rules: { rule: number }[] }[] }[] =
      JSON.parse(stdout).targets;
    assert.deepEqual(
      journeys.map(({ result, components }) => [result.app, components.map(({ rules }) => rules.length)]),
      [
        ['api', [2, 1]],
        ['api', [2, 1]],
      ],
    );
    assert.equal(other.requests.entries.length, 0);
  });

  test('says of a discovery that fails why its targets are missing', async () => {
    await using folder = await scratchFolder();
    await using down = await startTarget(() => ({ status: 500, body: 'no' }));
    const config = `discovery.http "x" {\n\turl = "http://${down.address}/sd"\n}${chain.replace('SOURCE', 'discovery.http.x.targets')}`;
    const { status, stdout, stderr } = await relabel(folder, config, second);
    assert.equal(status, 1);
    const json = JSON.parse((await relabel(folder, config, [...second, '--json'])).stdout);
    assert.deepEqual([json.targets, json.failures[0].component], [[], 'discovery.http.x']);
    assert.match(stderr, /discovery\.http\.x: the last refresh failed: .* status 500/);
    assert.match(stdout, /0 targets in/);
  });

  test('takes targets and groups of targets from standard input, without starting anything', async () => {
    await using folder = await scratchFolder();
    const config = `discovery.http "x" {\n\turl = "http://127.0.0.1:1/"\n}${chain.replace('SOURCE', 'discovery.http.x.targets')}`;
    const targets = [
      { __address__: 'x:1', __meta_app: 'api' },
      { targets: ['y:1'], labels: { __meta_app: 'web' } },
    ];
    const args = [...second, '--targets', '-'];
    const { stdout, stderr } = await relabel(folder, config, args, JSON.stringify(targets));
    assert.equal(stderr, '');
    assert.equal(
      stdout,
      `{"__address__"="x:1", "__meta_app"="api", "app"="api"}
discovery.relabel.second: 2 targets in, 1 out, 1 dropped
`,
    );
  });

  test('knows the rules of components that relabel samples, logs and profiles', async () => {
    await using folder = await scratchFolder();
    const rule = 'rule {\n source_labels = ["a"]\n regex = "1"\n action = "drop"\n}';
    const config = ['prometheus', 'loki', 'pyroscope']
      .map((family) => `${family}.relabel "r" {\n forward_to = []\n ${rule}\n}\n`)
      .join('');
    for (const family of ['prometheus', 'loki', 'pyroscope']) {
      const args = ['--component', `${family}.relabel.r`, '--targets', '-'];
      const { stdout } = await relabel(folder, config, args, '[{"a":"1"},{"a":"2"}]');
      assert.match(stdout, /^\{"a"="2"\}\n.*2 targets in, 1 out, 1 dropped\n$/, family);
    }
    const { status, stderr } = await relabel(folder, config, ['--component', 'loki.relabel.r']);
    assert.equal(status, 2);
    assert.match(stderr, /are not targets: give some with --targets/);
  });

  const mistakes: readonly (readonly [string, readonly string[], string, number, RegExp])[] = [
    [
      'an unknown component',
      ['--component', 'discovery.relabel.x'],
      '',
      2,
      /no component discovery\.relabel\.x; there are discovery\.relabel\.first/,
    ],
    [
      'no component of several',
      [],
      '',
      2,
      /say which component with --component; there are discovery\.relabel\.first, discovery\.relabel\.second/,
    ],
    ['no JSON', [...second, '--targets', '-'], '{', 2, /standard input holds no targets: /],
    ['no list', [...second, '--targets', '-'], '{}', 2, /it is no list/],
    [
      'a label that is no text',
      [...second, '--targets', '-'],
      '[{"a":1}]',
      2,
      /label `a` of entry 1 is no text/,
    ],
    [
      'no file',
      [...second, '--targets', 'gone.json'],
      '',
      2,
      /cannot read gone\.json: there is no such file/,
    ],
    ['no time', [...second, '--wait', 'x'], '', 2, /Give a duration such as 30s/],
  ];
  for (const [name, args, stdin, expected, message] of mistakes) {
    test(`${name} is said`, async () => {
      await using folder = await scratchFolder();
      const config = chain.replace('SOURCE', written);
      const { status, stderr, stdout } = await relabel(folder, config, args, stdin);
      assert.deepEqual([status, stdout], [expected, '']);
      assert.match(stderr, message);
    });
  }

  test('a rule that is wrong is shown with its place', async () => {
    await using folder = await scratchFolder();
    const config = chain.replace('SOURCE', written).replace('= "web"\n\t\taction', '= "("\n\t\taction');
    const { status, stderr } = await relabel(folder, config, second);
    assert.equal(status, 1);
    assert.match(stderr, /p\.alloy:26:\d+: error\[E0315\]/);
  });
});
