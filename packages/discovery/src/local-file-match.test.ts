import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testContext } from '@pewter/testkit';
import { problemsOf } from './decode.test-help.ts';
import { localFileMatch } from './local-file-match.ts';
import { running } from './running.test-help.ts';

function withLogs() {
  const context = testContext<unknown>();
  for (const path of ['/logs/a.log', '/logs/b.log', '/logs/deep/c.log', '/logs/a.gz'])
    context.files.write(path, '', context.clock.now());
  return context;
}

const config = (target: string, more = '') => `path_targets = [${target}]\n${more}`;

test('each file that fits becomes a target with all labels of the one given', async (t) => {
  const match = await running(
    t,
    localFileMatch,
    config('{ __path__ = "/logs/**/*.log", app = "x", none = "" }'),
    withLogs(),
  );
  await match.healthy();
  assert.deepEqual(match.targets(), [
    { __path__: '/logs/a.log', app: 'x' },
    { __path__: '/logs/b.log', app: 'x' },
    { __path__: '/logs/deep/c.log', app: 'x' },
  ]);
});

test('what is excluded, and folders, are left out', async (t) => {
  const target = '{ __path__ = "/logs/*", __path_exclude__ = "/logs/*.{gz,zip}" }';
  const match = await running(t, localFileMatch, config(target), withLogs());
  await match.healthy();
  assert.deepEqual(
    match.targets().map(({ __path__ }) => __path__),
    ['/logs/a.log', '/logs/b.log'],
  );
});

test('files come and go with the next sync; old ones are left out', async (t) => {
  const text = config('{ __path__ = "/logs/*.log" }', 'ignore_older_than = "15s"');
  const match = await running(t, localFileMatch, text, withLogs());
  await match.healthy();
  match.context.files.write('/logs/new.log', '', match.context.clock.now() + 12_000);
  await match.context.clock.advance(10_000);
  assert.equal(match.targets().length, 3);
  await match.context.clock.advance(10_000);
  assert.deepEqual(match.targets(), [{ __path__: '/logs/new.log' }]);
});

test('a malformed pattern is named and harms no other', async (t) => {
  const match = await running(
    t,
    localFileMatch,
    config('{ __path__ = "/logs/[" }, { __path__ = "/logs/*.gz" }'),
    withLogs(),
  );
  await match.unhealthy();
  assert.match(match.message(), /no valid path pattern/);
  assert.deepEqual(match.targets(), [{ __path__: '/logs/a.gz' }]);
});

test('a malformed exclusion is named and excludes nothing', async (t) => {
  const target = '{ __path__ = "/logs/*.log", __path_exclude__ = "/logs/[" }';
  const match = await running(t, localFileMatch, config(target), withLogs());
  await match.unhealthy();
  assert.match(match.message(), /no valid path pattern/);
  assert.equal(match.targets().length, 2);
});

test('a sync period of zero is refused', () => {
  assert.match(
    problemsOf(config('', 'sync_period = "0s"'), localFileMatch.arguments)[0] ?? '',
    /greater than zero/,
  );
});
