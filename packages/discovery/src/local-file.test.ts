import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Secret } from '@pewter/language';
import { testContext } from '@pewter/testkit';
import { problemsOf } from './decode.test-help.ts';
import { localFile } from './local-file.ts';
import { build } from './local-file-component.ts';
import { running, until } from './running.test-help.ts';

function withFile(content: string) {
  const context = testContext<unknown>();
  context.files.write('/f', content);
  return context;
}

const contentOf = (context: { readonly exported: readonly unknown[] }) =>
  (context.exported.at(-1) as { content: Secret } | undefined)?.content;

test('the content is exported while it is built, byte for byte', async (t) => {
  const { context } = await running(t, localFile, 'filename = "/f"', withFile(' one\n'));
  assert.equal(contentOf(context)?.reveal(), ' one\n');
  assert.equal(contentOf(context)?.exposure, 'readable');
});

test('a secret stays one', async (t) => {
  const { context } = await running(t, localFile, 'filename = "/f"\nis_secret = true', withFile('one'));
  assert.equal(contentOf(context)?.exposure, 'hidden');
});

test('a file that can not be read refuses the config and is named', () => {
  assert.throws(
    () =>
      build(testContext(), {
        filename: '/none',
        detector: 'poll',
        poll_frequency: 1,
        is_secret: false,
      }),
    /failed to read file: .*\/none/,
  );
});

test('a change is seen at once, after the time that a writer needs', async (t) => {
  const file = await running(t, localFile, 'filename = "/f"', withFile('one'));
  await file.healthy();
  await file.context.clock.advance(0);
  file.context.files.write('/f', 'tw');
  file.context.files.write('/f', 'two');
  await file.context.clock.advance(29);
  assert.equal(contentOf(file.context)?.reveal(), 'one');
  await file.context.clock.advance(1);
  assert.equal(contentOf(file.context)?.reveal(), 'two');
});

test('with the detector `poll` a change is seen at the next poll', async (t) => {
  const file = await running(
    t,
    localFile,
    'filename = "/f"\ndetector = "poll"\npoll_frequency = "10s"',
    withFile('one'),
  );
  await file.context.clock.advance(0);
  file.context.files.write('/f', 'two');
  await file.context.clock.advance(9_999);
  assert.equal(contentOf(file.context)?.reveal(), 'one');
  await file.context.clock.advance(1);
  assert.equal(contentOf(file.context)?.reveal(), 'two');
});

test('a file that goes away keeps its last content, and health says why', async (t) => {
  const file = await running(t, localFile, 'filename = "/f"', withFile('one'));
  await file.context.clock.advance(0);
  file.context.files.remove('/f');
  await file.context.clock.advance(30);
  assert.equal(file.state(), 'unhealthy');
  assert.match(file.message(), /failed to read file: .*\/f/);
  assert.equal(contentOf(file.context)?.reveal(), 'one');
  file.context.files.write('/f', 'back');
  await file.context.clock.advance(30);
  assert.equal(file.state(), 'healthy');
});

test('an update reads the other file at once, and one that is not there is refused', async (t) => {
  const file = await running(t, localFile, 'filename = "/f"', withFile('one'));
  file.context.files.write('/g', 'other');
  file.update('filename = "/g"');
  assert.equal(contentOf(file.context)?.reveal(), 'other');
  assert.throws(() => file.update('filename = "/none"'), /failed to read file/);
  await until(() => file.state() === 'healthy');
});

test('arguments that can not work are refused', () => {
  const problem = (text: string) => problemsOf(`filename = "/f"\n${text}`, localFile.arguments)[0] ?? '';
  assert.match(problem('poll_frequency = "0s"'), /greater than zero/);
  assert.match(problem('detector = "inotify"'), /no detector/);
});
