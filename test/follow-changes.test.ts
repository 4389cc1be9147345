import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { reservedPort } from '@pewter/testkit';
import { debugBlocks } from './harness/component-json.ts';
import { goService } from './harness/go-service.ts';
import { type Pewter, startPewter } from './harness/pewter.ts';
import { startSink } from './harness/recording-sink.ts';
import { type RecordingTarget, startTarget } from './harness/recording-target.ts';

const interval = 1000;
/** The promise is 250 ms after the export; a busy machine gets as much again before the test calls it broken. */
const followed = 500;

const config = (sd: string, sink: string) => `
discovery.http "sd" {
  url              = "http://${sd}/sd"
  refresh_interval = "100ms"
}

pyroscope.scrape "all" {
  targets         = discovery.http.sd.targets
  forward_to      = [pyroscope.write.sink.receiver]
  scrape_interval = "${interval}ms"

  profiling_config {
    profile.process_cpu {
      enabled = false
    }
    profile.memory {
      enabled = false
    }
    profile.block {
      enabled = false
    }
    profile.mutex {
      enabled = false
    }
  }
}

pyroscope.write "sink" {
  endpoint {
    url = "http://${sink}"
  }
}
`;

interface Setup {
  readonly pewter: Pewter;
  /** Changes the document of the service discovery. */
  list(...addresses: readonly string[]): void;
}

async function setUp(context: TestContext, ...addresses: readonly string[]): Promise<Setup> {
  let listed = addresses;
  const sd = await startTarget(() => ({ body: JSON.stringify([{ targets: listed, labels: {} }]) }));
  const sink = await startSink();
  const pewter = await startPewter(config(sd.address, sink.address));
  context.after(async () => {
    await pewter.stop();
    await Promise.all([sd.close(), sink.close()]);
  });
  return {
    pewter,
    list: (...next) => {
      listed = next;
    },
  };
}

async function goTarget(context: TestContext, port = 0): Promise<RecordingTarget> {
  const target = await startTarget(await goService(), port);
  context.after(() => target.close());
  return target;
}

const scraped = (target: RecordingTarget, more = 1): Promise<unknown> => {
  const before = target.requests.entries.length;
  return target.requests.until(
    ({ length }) => length >= before + more,
    `${more} more scrapes of ${target.address}`,
  );
};

const targetsOf = async (pewter: Pewter) =>
  debugBlocks(await pewter.component('pyroscope.scrape.all'), 'target');

/** Asks until the component shows what is wanted; how many milliseconds that took. */
async function shows(pewter: Pewter, wanted: (targets: Awaited<ReturnType<typeof targetsOf>>) => boolean) {
  const started = performance.now();
  while (!wanted(await targetsOf(pewter))) {
    assert.ok(performance.now() - started < 10_000, `still shows ${JSON.stringify(await targetsOf(pewter))}`);
    await delay(10);
  }
  return performance.now() - started;
}

describe('the running graph follows its service discovery', { concurrency: true }, () => {
  test('a changed document reaches the scrape component at once', async (context) => {
    const [first, second] = [await goTarget(context), await goTarget(context)];
    const { pewter, list } = await setUp(context, first.address);
    await shows(pewter, (targets) => targets.length === 1);
    list(first.address, second.address);
    // A refresh comes every 100 ms, the export follows it.
    const took = await shows(pewter, (targets) => targets.length === 2);
    assert.ok(took < 100 + followed, `took ${took} ms`);
    await scraped(second);
  });

  test('a target that leaves is scraped no more, and again when it comes back', async (context) => {
    const [stays, leaves] = [await goTarget(context), await goTarget(context)];
    const { pewter, list } = await setUp(context, stays.address, leaves.address);
    await Promise.all([scraped(stays), scraped(leaves)]);
    list(stays.address);
    await shows(pewter, (targets) => targets.length === 1);
    const before = leaves.requests.entries.length;
    await scraped(stays, 2);
    assert.equal(leaves.requests.entries.length, before);
    list(stays.address, leaves.address);
    await scraped(leaves);
  });

  test('a target that turns up late is down until it is there', async (context) => {
    const port = await reservedPort();
    const { pewter } = await setUp(context, `127.0.0.1:${port}`);
    await shows(pewter, ([target]) => target?.health === 'down');
    const late = await goTarget(context, port);
    await scraped(late);
    await shows(pewter, ([target]) => target?.health === 'up');
    assert.equal((await pewter.component('pyroscope.scrape.all')).health.state, 'healthy');
  });

  test('loops of other targets keep their phase while targets come and go', async (context) => {
    const [stays, comes] = [await goTarget(context), await goTarget(context)];
    const { list } = await setUp(context, stays.address);
    await scraped(stays, 2);
    list(stays.address, comes.address);
    await scraped(stays, 2);
    list(stays.address);
    await scraped(stays, 2);
    const times = stays.requests.entries.map(({ at }) => at);
    const offsets = times.map((at, index) => at - (times[0] ?? 0) - index * interval);
    for (const offset of offsets)
      assert.ok(Math.abs(offset) < interval / 3, `off by ${offsets.map(Math.round)} ms`);
  });
});
