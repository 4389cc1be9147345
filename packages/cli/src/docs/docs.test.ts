import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ObjectValue, standardLibrary } from '@pewter/language';
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
    assert.match(out, /\nExports\n {2}targets +list\(target\)\n/);
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

  test('says what arguments are for that Alloy does not have, and the words that they take', async () => {
    const { out } = await run('docs', 'pyroscope.write.endpoint.queue');
    assert.match(
      out,
      /\n {2}fsync +string +default "interval"; one of always, interval, never; what a loss of power/,
    );
    assert.match(out, /\n {2}max_age +duration +default "12h0m0s"; profiles older than this are dropped/);
    const page = JSON.parse((await run('docs', '--json', 'pyroscope.scrape')).out);
    const limit = page.arguments.find(({ name }: { name: string }) => name === 'target_limit');
    assert.equal(limit.meaning, 'more targets than this, and none is scraped');
  });

  test('knows configuration blocks, modules and imports', async () => {
    for (const name of ['logging', 'http', 'import.file', 'import.git', 'declare', 'argument', 'foreach']) {
      assert.equal((await run('docs', name)).status, 0, name);
    }
  });

  test('shows blocks of the language with their labels, and the template of a foreach', async () => {
    for (const name of ['declare', 'argument', 'export', 'foreach'])
      assert.match((await run('docs', name)).out, new RegExp(`^${name} "LABEL" \\{ … \\}\n`), name);
    assert.match((await run('docs', 'logging')).out, /^logging \{ … \}\n/);
    assert.match((await run('docs', 'foreach')).out, /\nBlocks\n {2}template +required\n/);
    assert.match((await run('docs', 'foreach.template')).out, /holds components/);
  });

  test('marks what Alloy does not have, and nothing else', async () => {
    const scrape = await run('docs', 'pyroscope.scrape');
    assert.match(scrape.out, /\n {2}body_size_limit .*pewter only;/);
    assert.doesNotMatch(scrape.out, /scrape_interval.*pewter only/);
    assert.match((await run('docs', 'pyroscope.write')).out, /\n {4}queue +pewter only\n/);
    assert.match((await run('docs', 'pyroscope.write.endpoint.queue')).out, /; pewter only\n/);
    assert.doesNotMatch((await run('docs', 'discovery.http')).out, /pewter only/);
  });

  test('does not call an export required', async () => {
    const { out } = await run('docs', 'pyroscope.write');
    assert.doesNotMatch(out.slice(out.indexOf('\nExports')), /required/);
  });

  test('shows what a diagnostic means, by its code and by its name', async () => {
    const { out, status } = await run('docs', 'E0302');
    assert.equal(status, 0);
    assert.match(out, /^E0302 unknown field\n\n\w/);
    assert.doesNotMatch(out, /```|E0303/);
    assert.match((await run('docs', 'literal-secret')).out, /^W0526 /);
    const none = await run('docs', 'E9999');
    assert.deepEqual([none.status, none.out], [2, '']);
    assert.match(none.err, /there is no diagnostic E9999/);
  });

  test('shows what each function gives', async () => {
    assert.equal(
      (await run('docs', 'sys.env')).out,
      'sys.env(name)\n  an environment variable; empty where it is not set\n',
    );
    for (const namespace of ['array', 'convert', 'encoding', 'file', 'string', 'sys']) {
      const functions = standardLibrary().lookup(namespace);
      assert.ok(functions instanceof ObjectValue && functions.entries.size > 0, namespace);
      for (const name of functions.entries.keys())
        assert.equal((await run('docs', `${namespace}.${name}`)).status, 0, `${namespace}.${name}`);
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
    assert.match(
      (await run('docs', 'pyroscope.write.endpoint.url')).err,
      /url is an argument of pyroscope\.write\.endpoint; pewter docs pyroscope\.write\.endpoint shows/,
    );
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

  test('takes a part of a name for a pattern, and refuses types that nothing has', async () => {
    assert.deepEqual(await names('pyroscope.wri'), ['pyroscope.write']);
    assert.deepEqual(await names('pyroscope'), await names('*pyroscope*'));
    for (const flag of ['--exports', '--accepts']) {
      const { status, err } = await run('components', flag, 'pyroscope.reciever');
      assert.equal(status, 2);
      assert.match(err, /nothing has the type pyroscope\.reciever; types are .*pyroscope\.receiver/i);
    }
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
