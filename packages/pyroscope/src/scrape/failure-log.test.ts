import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testContext } from '@pewter/testkit';
import { type FailureKind, type ScrapeFailure, statusFailure } from './failure.ts';
import { FailureLog } from './failure-log.ts';
import { builtinTypes } from './profile-types.ts';
import { buildTargets } from './scrape-target.ts';

const minute = 60_000;

function setUp(params = new Map<string, readonly string[]>()) {
  const context = testContext();
  const log = new FailureLog(context.logger, context.clock);
  const settings = {
    jobName: '',
    scheme: 'http',
    pathPrefix: '',
    params,
    deltaSeconds: 9,
    types: builtinTypes,
  };
  const [target] = buildTargets([['__address__', 'h:1']], settings).targets;
  assert.ok(target);
  const fail = (kind: FailureKind) =>
    log.failed(target, { kind, message: kind, hint: undefined } satisfies ScrapeFailure);
  const texts = () =>
    context.lines.map(({ msg, err = '', silenced = '' }) => `${msg} ${err} ${silenced}`.trim());
  return { log, target, fail, texts, context };
}

describe('the log of failures', () => {
  test('tells of each kind when it begins, and of one that goes on every ten minutes', async () => {
    const { fail, texts, context } = setUp();
    for (let minutes = 0; minutes < 12; minutes++) {
      fail('timeout');
      if (minutes === 3) fail('status');
      await context.clock.advance(minute);
    }
    assert.deepEqual(texts(), ['scrape failed timeout', 'scrape failed status', 'scrape failed timeout 9']);
  });

  test('tells of the end once, and of the next beginning at once', () => {
    const { log, target, fail, texts } = setUp();
    fail('timeout');
    log.succeeded(target);
    log.succeeded(target);
    fail('timeout');
    assert.deepEqual(texts(), ['scrape failed timeout', 'scrape succeeds again', 'scrape failed timeout']);
  });

  test('shows no parameter of the target, which may be a token', () => {
    const { fail, context } = setUp(new Map([['token', ['t0p']]]));
    fail('timeout');
    assert.equal(context.lines[0]?.target, 'http://h:1/debug/pprof/allocs?…');
  });

  test('names the target and what to do', () => {
    const { log, target, context } = setUp();
    log.failed(target, statusFailure(404, target.url, { body: '', credentials: false }));
    const [line] = context.lines;
    assert.deepEqual([line?.level, line?.target], ['error', target.url]);
    assert.match(String(line?.hint), /path/);
  });
});
