import assert from 'node:assert/strict';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { realOutside } from '@pewter/runtime/running';
import { testContext } from '@pewter/testkit';
import { problemsOf } from './decode.test-help.ts';
import { fileDiscovery } from './file.ts';
import { build } from './file-component.ts';
import { running, until } from './running.test-help.ts';

const group = (address: string) => JSON.stringify([{ targets: [address], labels: { env: 'prod' } }]);
const config = 'files = ["/sd/*.json", "/sd/*.yml"]';

function withFiles(files: Readonly<Record<string, string>>) {
  const context = testContext<unknown>();
  for (const [path, content] of Object.entries(files)) context.files.write(path, content);
  return context;
}

/** Waits while virtual time passes, since changes that come close together are looked at together. */
function later(
  { clock }: Pick<ReturnType<typeof withFiles>, 'clock'>,
  condition: () => boolean,
): Promise<void> {
  return until(condition, () => clock.advance(50));
}

test('targets come from JSON and YAML, with the path of their file', async (t) => {
  const yaml = '- targets: [b:1, 9090]\n  labels:\n    port: 80\n- targets:\n';
  const discovery = await running(
    t,
    fileDiscovery,
    config,
    withFiles({ '/sd/a.json': group('a:1'), '/sd/b.yml': yaml }),
  );
  await discovery.healthy();
  assert.deepEqual(discovery.targets(), [
    { __address__: 'a:1', __meta_filepath: '/sd/a.json', env: 'prod' },
    { __address__: 'b:1', __meta_filepath: '/sd/b.yml', port: '80' },
    { __address__: '9090', __meta_filepath: '/sd/b.yml', port: '80' },
  ]);
});

test('no folder at the start: no targets, until a file comes', async (t) => {
  const discovery = await running(t, fileDiscovery, config);
  await discovery.healthy();
  assert.deepEqual(discovery.targets(), []);
  discovery.context.files.write('/sd/a.json', group('a:1'));
  await later(discovery.context, () => discovery.targets().length === 1);
  discovery.context.files.remove('/sd/a.json');
  await later(discovery.context, () => discovery.targets().length === 0);
});

for (const [name, path, content, expected] of [
  ['half a file', '/sd/a.json', '[{"targets"', /a\.json/],
  ['an empty JSON file', '/sd/a.json', '', /a\.json/],
  ['an unknown key', '/sd/a.json', '[{"target": []}]', /unknown key `target`/],
  ['a null group', '/sd/a.json', '[null]', /no object/],
  ['no list', '/sd/a.json', '"text"', /no list/],
] as const) {
  test(`${name} keeps the last targets of that file, and takes the new ones of others`, async (t) => {
    const discovery = await running(t, fileDiscovery, config, withFiles({ '/sd/a.json': group('a:1') }));
    await discovery.healthy();
    discovery.context.files.write(path, content);
    await later(discovery.context, () => discovery.state() === 'unhealthy');
    assert.match(discovery.message(), expected);
    discovery.context.files.write('/sd/b.json', group('b:1'));
    await later(discovery.context, () => discovery.targets().length === 2);
    const metrics = await discovery.context.metrics.metrics();
    assert.match(metrics, /prometheus_sd_file_read_errors_total [1-9]/);
    assert.match(metrics, /prometheus_sd_file_scan_duration_seconds_count [1-9]/);
    assert.match(metrics, /prometheus_sd_file_watcher_errors_total 0/);
    discovery.context.files.write(path, group('c:1'));
    await later(discovery.context, () => discovery.state() === 'healthy');
    assert.deepEqual(
      discovery.targets().map((target) => target.__address__),
      ['c:1', 'b:1'],
    );
  });
}

test('an emptied YAML file has no targets', async (t) => {
  const discovery = await running(t, fileDiscovery, config, withFiles({ '/sd/b.yml': '- targets: [a:1]' }));
  await discovery.healthy();
  discovery.context.files.write('/sd/b.yml', '');
  await later(discovery.context, () => discovery.targets().length === 0);
  assert.equal(discovery.state(), 'healthy');
});

test('a file of another kind is named and harms no other', async (t) => {
  const files = withFiles({ '/sd/a.txt': 'x', '/sd/b.json': group('b:1') });
  const discovery = await running(t, fileDiscovery, 'files = ["/sd/*"]', files);
  await discovery.unhealthy();
  assert.match(discovery.message(), /a\.txt.*only files ending in/);
  assert.equal(discovery.targets().length, 1);
});

test('an update takes other files at once', async (t) => {
  const files = withFiles({ '/sd/a.json': group('a:1'), '/other/b.json': group('b:1') });
  const discovery = await running(t, fileDiscovery, config, files);
  await discovery.healthy();
  discovery.update('files = ["/other/b.json"]');
  await later(discovery.context, () => discovery.targets()[0]?.__address__ === 'b:1');
});

test('a log that grows in the watched folder, even by what it tells of the refresh, makes no storm of refreshes', async (t) => {
  const context = withFiles({ '/sd/a.json': 'no JSON' });
  let reads = 0;
  const { files } = context;
  const read = files.read.bind(files);
  files.read = (path) => {
    files.write('/sd/run.log', `${reads++}`);
    return read(path);
  };
  const discovery = await running(t, fileDiscovery, config, context);
  await later(context, () => context.clock.monotonic() >= 2_000);
  assert.equal(discovery.state(), 'unhealthy');
  assert.ok(reads > 2 && reads <= 10, `${reads} refreshes in two seconds`);
  assert.equal(context.lines.filter(({ msg }) => String(msg).startsWith('refresh failed')).length, 1);
});

test('real files: a change and a rename over a file are seen', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sd-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'a.json'), group('a:1'));
  const context = { ...testContext<unknown>(), files: realOutside().files };
  const exported: { targets: readonly Iterable<readonly [string, string]>[] }[] = [];
  const setExports = (exports: unknown) => void exported.push(exports as (typeof exported)[number]);
  const args = { files: [join(folder, '*.json')], refresh_interval: 300_000 };
  const component = build({ ...context, setExports }, args);
  const controller = new AbortController();
  const ended = component.run(controller.signal);
  const addresses = () =>
    exported
      .at(-1)
      ?.targets.map((target) => Object.fromEntries(target).__address__)
      .join();
  await later(context, () => addresses() === 'a:1');
  await writeFile(join(folder, 'new'), group('b:1'));
  await rename(join(folder, 'new'), join(folder, 'a.json'));
  await later(context, () => addresses() === 'b:1');
  await writeFile(join(folder, 'a.json'), group('c:1'));
  await later(context, () => addresses() === 'c:1');
  controller.abort();
  await ended;
});

test('an interval of zero is refused', () => {
  assert.match(
    problemsOf(`${config}\nrefresh_interval = "0s"`, fileDiscovery.arguments)[0] ?? '',
    /greater than zero/,
  );
});

test('a malformed pattern is named and harms no other', async (t) => {
  const files = withFiles({ '/sd/a.json': group('a:1') });
  const discovery = await running(t, fileDiscovery, 'files = ["/sd/[", "/sd/a.json"]', files);
  await discovery.unhealthy();
  assert.match(discovery.message(), /`\/sd\/\[` is no valid path pattern/);
  assert.equal(discovery.targets()[0]?.__address__, 'a:1');
});
