import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { ListedTarget, ProbedEndpoint, ScrapeFailure } from '@pewter/pyroscope/targets';
import { probeProcess } from './probe-process.ts';

const target = (kind: string, measured: boolean): ListedTarget => ({
  url: `http://a:1/${kind}`,
  plainUrl: `http://a:1/${kind}`,
  address: 'a:1',
  kind,
  measured,
  labels: [],
  serviceName: 'a',
  serviceNameFrom: undefined,
});
const targets = [target('cpu', true), target('heap', false), target('wall', true), target('mutex', false)];
const failed = (kind: ScrapeFailure['kind'], statusCode?: number): ProbedEndpoint => ({
  failure: { kind, message: 'no', hint: undefined, ...(statusCode !== undefined && { statusCode }) },
});

/** Asks all with these answers; gives what was asked, and how many were under way at most. */
async function probe(answer: (kind: string) => ProbedEndpoint) {
  const asked: string[] = [];
  let [now, most] = [0, 0];
  const probed = await probeProcess(targets, async (one) => {
    asked.push(one.kind);
    most = Math.max(most, ++now);
    await turn();
    now--;
    return { target: one, result: answer(one.kind) };
  });
  assert.deepEqual(
    probed.map((one) => one.target.kind),
    targets.map(({ kind }) => kind),
    'in the order of the list',
  );
  return { asked, most };
}

test('what is answered at once is asked at once, what is measured one after the other', async () => {
  assert.deepEqual(await probe(() => failed('status', 404)), {
    asked: ['heap', 'mutex', 'cpu', 'wall'],
    most: 2,
  });
});

test('a process that answers nothing costs its time once', async () => {
  for (const kind of ['timeout', 'refused'] as const)
    assert.deepEqual((await probe(() => failed(kind))).asked, ['heap', 'mutex'], kind);
});

test('one endpoint that is slow keeps nobody from asking the others', async () => {
  const { asked } = await probe((kind) => (kind === 'heap' ? failed('timeout') : failed('status', 404)));
  assert.deepEqual(asked, ['heap', 'mutex', 'cpu', 'wall']);
});
