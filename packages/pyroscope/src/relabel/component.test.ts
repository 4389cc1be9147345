import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testContext, VirtualClock } from '@pewter/testkit';
import { decodeText, good } from '../decode.test-help.ts';
import { sortedLabels } from '../labels.ts';
import { delivered, type Profile, type ProfilesReceiver } from '../profiles-receiver.ts';
import { TestPipeline } from '../test-pipeline.test-help.ts';
import { type RelabelExports, relabelArguments } from './arguments.ts';
import { build } from './component.ts';

function profile(labels: Readonly<Record<string, string>>): Profile {
  return { labels: sortedLabels(Object.entries(labels)), bytes: new Uint8Array([1]), id: 'x' };
}

/** A component with these rules, and what it forwarded. */
function relabelling(text: string) {
  const context = testContext<RelabelExports>();
  const forwarded: Profile[] = [];
  const sink: ProfilesReceiver = {
    append(one) {
      forwarded.push(one);
      return Promise.resolve(delivered);
    },
  };
  const args = (body: string) => ({
    ...good(decodeText(`forward_to = []\n${body}`, relabelArguments)),
    forward_to: [sink],
  });
  const component = build(context, args(text));
  const append = async (labels: Readonly<Record<string, string>>) => {
    const { receiver } = context.exported.at(-1) ?? assert.fail('nothing was exported');
    const result = await receiver.append(profile(labels));
    assert.deepEqual(result, delivered);
  };
  const metric = async (name: string) =>
    (await context.metrics.getSingleMetric(`pyroscope_relabel_${name}`)?.get())?.values[0]?.value;
  const update = (body: string) => component.update(args(body));
  return { context, forwarded, append, metric, update };
}

const dropAll = 'rule {\n action = "labeldrop"\n regex = ".*"\n}';
const rename = 'rule {\n source_labels = ["a"]\n target_label = "b"\n}';

describe('pyroscope.relabel', () => {
  test('changes labels and keeps the bytes and the id', async () => {
    const { append, forwarded } = relabelling(rename);
    await append({ a: '1' });
    assert.deepEqual(forwarded, [profile({ a: '1', b: '1' })]);
  });

  test('sets only names of letters, digits and _, whether they are written out or come from a match', async () => {
    const { append, forwarded } = relabelling(`
      rule {
        target_label = "my-label"
        replacement  = "x"
      }
      rule {
        source_labels = ["a"]
        target_label  = "$1"
        replacement   = "y"
      }
      rule {
        source_labels = ["a"]
        regex         = "none"
        target_label  = "a.b"
        replacement   = ""
      }`);
    await append({ a: 'dotted.name', 'a.b': '1' });
    await append({ a: 'good_name' });
    assert.deepEqual(forwarded, [
      profile({ a: 'dotted.name', 'a.b': '1' }),
      profile({ a: 'good_name', good_name: 'y' }),
    ]);
  });

  test('gives a profile on as it is where there are no rules', async () => {
    const { append, forwarded } = relabelling('');
    await append({ a: '1' });
    await append({});
    assert.deepEqual(forwarded, [profile({ a: '1' }), profile({})]);
  });

  test('drops what a rule drops, without an error for the sender', async () => {
    const { append, forwarded, metric } = relabelling(
      'rule {\n action = "drop"\n source_labels = ["env"]\n regex = "dev"\n}',
    );
    await append({ env: 'dev' });
    await append({ env: 'prod' });
    assert.deepEqual(forwarded, [profile({ env: 'prod' })]);
    assert.deepEqual([await metric('profiles_dropped'), await metric('profiles_written')], [1, 1]);
  });

  test('counts each profile of which no label is left as dropped', async () => {
    const { append, forwarded, metric } = relabelling(dropAll);
    for (let times = 0; times < 3; times++) await append({ a: '1' });
    assert.deepEqual(forwarded, []);
    assert.equal(await metric('profiles_processed'), 3);
    assert.equal(await metric('profiles_dropped'), 3);
    assert.equal(await metric('cache_hits'), 2);
    assert.equal(await metric('cache_misses'), 1);
  });

  test('remembers no more label sets than max_cache_size, and forgets the one unused the longest', async () => {
    const { append, metric } = relabelling(`max_cache_size = 2\n${rename}`);
    for (const a of ['1', '2', '1', '3', '1', '2']) await append({ a });
    assert.equal(await metric('cache_size'), 2);
    assert.equal(await metric('cache_hits'), 2);
    assert.equal(await metric('cache_misses'), 4);
  });

  test('forgets what it remembers when the rules change, and exports the new ones', async () => {
    const { context, append, forwarded, metric, update } = relabelling(rename);
    await append({ a: '1' });
    update('rule {\n source_labels = ["a"]\n target_label = "c"\n}');
    assert.equal(await metric('cache_size'), 0);
    await append({ a: '1' });
    assert.deepEqual(forwarded[1], profile({ a: '1', c: '1' }));
    assert.equal(context.exported.at(-1)?.rules[0]?.arguments.target_label, 'c');
    assert.equal(context.exported[0]?.receiver, context.exported.at(-1)?.receiver);
  });

  test('refuses a cache without room when the config is loaded', async () => {
    const test = new TestPipeline(new VirtualClock());
    const { diagnostics } = await test.load(
      'pyroscope.relabel "x" {\n forward_to = []\n max_cache_size = 0\n}',
    );
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['E0516'],
    );
  });
});
