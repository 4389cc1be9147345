import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { knownThings } from './known-things.ts';

async function run(...args: string[]) {
  const host = new TestHost();
  const status = await runProgram(args, host);
  return { status, out: host.out, err: host.err };
}

describe('pewter docs', () => {
  test('shows arguments with defaults, blocks and exports of a component', async () => {
    const { status, out } = await run('docs', 'discovery.http');
    assert.equal(status, 0);
    assert.match(out, /^discovery\.http "LABEL" \{ … \}\n {2}generally-available\n/);
    assert.match(out, /\n {2}url +URL +required\n/);
    assert.match(out, /\n {2}refresh_interval +duration +default "60s"\n/);
    assert.match(out, /\nBlocks\n {2}basic_auth\n/);
    assert.match(out, /\nExports\n {2}targets +list\(target\) /);
  });

  test('shows a block, however deep and with dots in its name', async () => {
    const { out } = await run('docs', 'pyroscope.scrape.profiling_config.profile.custom');
    assert.match(
      out,
      /^profile\.custom "LABEL" \{ … \}\n {2}in pyroscope\.scrape\.profiling_config; any number of times\n/,
    );
    assert.match(out, /\n {2}path +string +required\n/);
  });

  test('says what is deprecated, what is experimental and which words are accepted', async () => {
    assert.match((await run('docs', 'otelcol.receiver.kafka.logs')).out, /topic .*deprecated: use `topics`/);
    assert.match(
      (await run('docs', 'otelcol.processor.interval')).out,
      /experimental \(--stability\.level=experimental\); does not run here/,
    );
    assert.match((await run('docs', 'discovery.scaleway')).out, /role .*one of baremetal, instance/);
  });

  test('knows configuration blocks, modules and imports', async () => {
    for (const name of ['logging', 'http', 'import.file', 'import.git', 'declare', 'argument', 'foreach']) {
      assert.equal((await run('docs', name)).status, 0, name);
    }
  });

  test('helps with names that are none', async () => {
    const component = await run('docs', 'pyroscope.scrap');
    assert.equal(component.status, 2);
    assert.match(component.err, /did you mean pyroscope\.scrape\?/);
    assert.match(
      (await run('docs', 'pyroscope.write.endpiont')).err,
      /did you mean pyroscope\.write\.endpoint\?/,
    );
    assert.match((await run('docs', 'pyroscope.enrich.x')).err, /has no block x; it has none/);
  });

  test('has a page for everything, as data too', async () => {
    for (const name of knownThings().keys()) {
      const { status, out } = await run('docs', '--json', name);
      assert.equal(status, 0, name);
      assert.equal(JSON.parse(out).name, name);
    }
    const names: string[] = JSON.parse((await run('docs', '--json')).out);
    assert.ok(names.length > 190 && names.includes('otelcol.exporter.datadog'));
  });

  test('as data says of an argument what a page says', async () => {
    const page = JSON.parse((await run('docs', '--json', 'pyroscope.scrape')).out);
    const timeout = page.arguments.find(({ name }: { name: string }) => name === 'scrape_timeout');
    assert.deepEqual(timeout, {
      name: 'scrape_timeout',
      type: 'duration',
      required: false,
      default: '"18s"',
    });
    assert.equal(page.runs, true);
  });
});

describe('pewter components', () => {
  const names = async (...args: string[]) =>
    JSON.parse((await run('components', '--json', ...args)).out).map(({ name }: { name: string }) => name);

  test('lists all, by name', async () => {
    const all: string[] = await names();
    assert.equal(all.length, 184);
    assert.deepEqual(all, all.toSorted());
  });

  test('filters by name, stability, types and what runs', async () => {
    assert.deepEqual(await names('pyroscope.w*'), ['pyroscope.write']);
    assert.deepEqual(await names('pyroscope.*', '--stability', 'experimental'), ['pyroscope.enrich']);
    assert.deepEqual(await names('--exports', 'pyroscope.receiver'), [
      'pyroscope.enrich',
      'pyroscope.relabel',
      'pyroscope.write',
    ]);
    assert.ok((await names('--accepts', 'targets', '--runnable')).includes('pyroscope.scrape'));
    assert.ok(!(await names('--runnable')).includes('loki.write'));
  });

  test('says when there is none, and shows a table otherwise', async () => {
    const none = await run('components', 'nothing.*');
    assert.deepEqual([none.status, none.out], [1, '']);
    assert.match(
      (await run('components', 'pyroscope.write')).out,
      /^pyroscope\.write {2}generally-available {2}runs here {2}exports receiver\n$/,
    );
  });
});
