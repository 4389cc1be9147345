import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { configFixture } from './harness/files.ts';
import { goService } from './harness/go-service.ts';
import { startPewter } from './harness/pewter.ts';
import { startSink } from './harness/recording-sink.ts';
import { startTarget } from './harness/recording-target.ts';
import { startPipeline } from './harness/virtual-pipeline.ts';

/** The endpoints that the page lists where nothing is said of profiles; `seconds` is the interval less one. */
const defaults = (seconds: number) => [
  '/debug/pprof/allocs',
  '/debug/pprof/block',
  '/debug/pprof/goroutine',
  '/debug/pprof/mutex',
  `/debug/pprof/profile?seconds=${seconds}`,
];

type TargetName = 'pyroscope' | 'alloy' | 'listed';

interface Example {
  readonly title: string;
  readonly config: string;
  /** What each target is asked for, sorted; a target that is not named is asked for nothing. */
  readonly endpoints: (seconds: number) => Readonly<Partial<Record<TargetName, readonly string[]>>>;
}

const examples: readonly Example[] = [
  {
    title: 'default endpoints of static targets',
    config: 'seed-static',
    endpoints: (seconds) => ({ pyroscope: defaults(seconds), alloy: defaults(seconds) }),
  },
  {
    title: 'default endpoints of dynamic targets, given as a list of lists',
    config: 'seed-dynamic',
    endpoints: (seconds) => ({ listed: defaults(seconds) }),
  },
  {
    title: 'default endpoints of static and dynamic targets',
    config: 'seed-static-and-dynamic',
    endpoints: (seconds) => ({
      pyroscope: defaults(seconds),
      alloy: defaults(seconds),
      listed: defaults(seconds),
    }),
  },
  {
    title: 'enabled and disabled profiles',
    config: 'seed-profiles',
    endpoints: (seconds) => ({
      alloy: [
        `/debug/fgprof?seconds=${seconds}`,
        '/debug/pprof/allocs',
        '/debug/pprof/goroutine',
        `/debug/pprof/profile?seconds=${seconds}`,
      ],
    }),
  },
];

/** The peers that the examples name, each recording what it is asked. */
async function startPeers() {
  const start = async () => startTarget(await goService());
  const [pyroscope, alloy, listed] = await Promise.all([start(), start(), start()]);
  const sd = await startTarget(() => ({ body: JSON.stringify([{ targets: [listed.address] }]) }));
  const sink = await startSink();
  const close = () => Promise.all([pyroscope, alloy, listed, sd, sink].map((peer) => peer.close()));
  const addresses = {
    pyroscope: pyroscope.address,
    alloy: alloy.address,
    sd: sd.address,
    sink: sink.address,
  };
  return { targets: { pyroscope, alloy, listed }, sink, addresses, close };
}

type Peers = Awaited<ReturnType<typeof startPeers>>;

/** The program first: with its peers gone it would wait for pushes to be taken. */
async function stopAll(program: { stop(): Promise<unknown> }, peers: Peers): Promise<void> {
  await program.stop();
  await peers.close();
}

/** The different requests that each target got. */
function asked(peers: Peers): Partial<Record<TargetName, readonly string[]>> {
  const urls = Object.entries(peers.targets).map(
    ([name, target]) => [name, [...new Set(target.requests.entries.map(({ url }) => url))].sort()] as const,
  );
  return Object.fromEntries(urls.filter(([, all]) => all.length > 0));
}

describe('the examples of the page, as processes that scrape every two seconds', {
  concurrency: true,
}, () => {
  for (const { title, config, endpoints } of examples) {
    test(title, async (context) => {
      const peers = await startPeers();
      const text = await configFixture(config, peers.addresses);
      const pewter = await startPewter(
        text.replace('  forward_to', '  scrape_interval = "2s"\n  forward_to'),
      );
      context.after(() => stopAll(pewter, peers));
      const expected = endpoints(1);
      for (const [name, urls = []] of Object.entries(expected)) {
        const { requests } = peers.targets[name as TargetName];
        // Twice as many as there are endpoints: by then each has been asked at least once.
        await requests.until(({ length }) => length >= 2 * urls.length, `two rounds of requests to ${name}`);
      }
      assert.deepEqual(asked(peers), expected);
      await peers.sink.profiles.until(({ length }) => length > 0, 'a pushed profile');
    });
  }
});

describe('the examples of the page with their own interval of 15 seconds, in virtual time', () => {
  for (const { title, config, endpoints } of examples) {
    test(title, async (context) => {
      const peers = await startPeers();
      const pipeline = await startPipeline(await configFixture(config, peers.addresses));
      context.after(() => stopAll(pipeline, peers));
      const expected = endpoints(14);
      const count = Object.values(expected).flat().length;
      await pipeline.until(() => Object.values(asked(peers)).flat().length >= count);
      await pipeline.pass(15_000);
      assert.deepEqual(asked(peers), expected);
    });
  }
});
