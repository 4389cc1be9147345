import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { profileDigest, readProfile } from '@pewter/pprof';
import { asFarAs, bySeries, seriesText } from '@pewter/testkit';
import { referenceAbsent } from './reference.test-help.ts';
import { type Played, play } from './traffic-play.test-help.ts';
import {
  type Expected,
  type ExpectedTarget,
  fill,
  playableScenarios,
  type Servers,
} from './traffic-scenario.test-help.ts';

/** A part of what is compared. */
type Part = 'load' | 'requests' | 'headers' | 'pushes' | 'targets' | 'health';

/** Where the program is better than the reference, and why; each stands in docs/differences.md. */
const better: Readonly<Record<string, { readonly why: string; readonly parts: readonly Part[] }>> = {
  bad_address_scheme: {
    why: 'a bad address harms that target alone, and is shown',
    parts: ['requests', 'headers', 'pushes', 'targets'],
  },
  bad_scheme: { why: 'a target that cannot be scraped is shown', parts: ['targets'] },
  config_custom_duplicate: {
    why: 'two profile.custom of one label are an error',
    parts: ['load', 'requests', 'headers', 'targets', 'health'],
  },
  config_interval_10s: {
    why: 'an omitted delta duration follows the interval',
    parts: ['load', 'requests', 'headers', 'pushes'],
  },
  config_unknown_attr: {
    why: 'its unknown attribute, body_size_limit, is known here',
    parts: ['load', 'requests', 'headers', 'pushes', 'targets', 'health'],
  },
  delta_duration_14s_explicit: {
    why: 'an explicit delta duration is explicit',
    parts: ['requests', 'targets'],
  },
  delta_error_between: { why: 'a damaged profile leaves the base of differences alone', parts: ['pushes'] },
  delta_reset: { why: 'a restarted process gives a new base', parts: ['pushes'] },
  external_labels: {
    why: 'external labels with invalid names are refused at load',
    parts: ['load', 'requests', 'headers', 'pushes', 'targets', 'health'],
  },
  http_headers: { why: 'http_headers do not pile up', parts: ['headers'] },
  params_delta_leak: { why: 'seconds does not leak through params', parts: ['requests', 'targets'] },
  seed_dynamic: {
    why: 'a list of target lists is flattened',
    parts: ['load', 'requests', 'headers', 'pushes'],
  },
  write_gives_up: { why: 'health of a target is that of its scrape', parts: ['targets'] },
  write_two_endpoints: { why: 'health of a target is that of its scrape', parts: ['targets'] },
};

interface Compared {
  readonly actual: unknown;
  readonly expected: unknown;
}

function compareLoad({ loaded, messages }: Played, expected: Expected): Compared {
  return {
    actual: loaded ? true : expected.exit.early ? 'refused' : messages,
    expected: expected.exit.early ? 'refused' : true,
  };
}

/** Which paths were asked for; how often depends on when the recording began and ended. */
function compareRequests({ servers }: Played, { requests }: Expected): Compared {
  const asked = [...servers.targets].flatMap(([on, target]) =>
    target.requests.map(({ method, url }) => `${on} ${method} ${url}`),
  );
  const wanted = requests
    .filter(({ on }) => servers.targets.has(on))
    .map(({ on, method, path, query }) => `${on} ${method} ${path}${query === undefined ? '' : `?${query}`}`);
  return { actual: unique(asked), expected: unique(wanted) };
}

/** Headers that name the program or its machine, that only tracing adds, or that belong to the connection. */
const uncompared = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'host',
  'traceparent',
  'transfer-encoding',
  'uber-trace-id',
  'user-agent',
]);

function compareHeaders({ servers }: Played, { requests }: Expected): Compared {
  const targets = [...servers.targets].flatMap(([on, { requests: all }]) =>
    all.map(({ headers }) => `${on} ${headersText(headers, servers)}`),
  );
  const pushes = [...servers.sinks].flatMap(([on, { pushes: all }]) =>
    all.map(({ headers }) => `${on} ${headersText(headers, servers)}`),
  );
  const wanted = requests.map(({ on, headers }) => `${on} ${headersText(headers, servers)}`);
  return { actual: unique([...targets, ...pushes]), expected: unique(wanted) };
}

function headersText(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  servers: Servers,
): string {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  return entries
    .filter(([name]) => !uncompared.has(name))
    .map(([name, value]) => `${name}=${normalised(name, value, servers)}`)
    .sort()
    .join(' ');
}

function normalised(name: string, value: string, servers: Servers): string {
  if (name === 'x-alloy-id') return '<uuid>';
  return fill(value.replace(/<about (\d+)>/, '$1'), servers);
}

/** The digests of each series in the order in which they came, as far as both recordings go. */
async function comparePushes({ servers }: Played, { pushes = [] }: Expected): Promise<Compared> {
  const arrived = [...servers.sinks].flatMap(([on, sink]) =>
    sink.profiles.map(async ({ labels, bytes }) => {
      const series = seriesOf(on, Object.entries(labels), servers);
      return [series, await digestOf(bytes)] as const;
    }),
  );
  const recorded = pushes
    .filter(({ answered }) => answered === '200')
    .flatMap(({ on, series }) =>
      series.flatMap(({ labels, samples }) =>
        samples.map(
          ({ digest, profile }) => [seriesOf(on, labels, servers), digest ?? profile?.digest ?? ''] as const,
        ),
      ),
    );
  const [actual, expected] = [bySeries(await Promise.all(arrived)), bySeries(recorded)];
  return { actual: asFarAs(expected, actual), expected: asFarAs(actual, expected) };
}

function seriesOf(on: string, labels: readonly (readonly [string, string])[], servers: Servers): string {
  return `${on} ${fill(seriesText(labels), servers)}`;
}

async function digestOf(bytes: Uint8Array): Promise<string> {
  const read = await readProfile(bytes);
  return 'profile' in read ? profileDigest(read.profile) : read.error.message;
}

/** Labels, job, URL and health of all targets, as debug information shows them. */
function compareTargets({ debugInfo, servers }: Played, { components = {} }: Expected): Compared {
  const pick = (id: string, { url, job, health, labels }: ExpectedTarget) => {
    const sorted = Object.entries(labels).sort();
    return fill(JSON.stringify([id, url, job, health, sorted]), servers);
  };
  const actual = Object.keys(components).flatMap((id) => {
    const found = debugInfo[id]?.target ?? [];
    return (found as unknown as readonly ExpectedTarget[]).map((target) => pick(id, target));
  });
  const expected = Object.entries(components).flatMap(([id, { debug_info: info }]) =>
    (info?.target ?? []).map((target) => pick(id, target)),
  );
  return { actual: unique(actual), expected: unique(expected) };
}

/** Health of scrape and write; that of discoveries is better here, and tested with them. */
function compareHealth({ health }: Played, { components = {} }: Expected): Compared {
  const ids = Object.keys(components).filter((id) => id.startsWith('pyroscope.'));
  const expected = Object.fromEntries(ids.map((id) => [id, components[id]?.state]));
  return { actual: Object.fromEntries(ids.map((id) => [id, health[id]])), expected };
}

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)].sort();
}

const comparisons: Readonly<
  Record<Part, (played: Played, expected: Expected) => Compared | Promise<Compared>>
> = {
  load: compareLoad,
  requests: compareRequests,
  headers: compareHeaders,
  pushes: comparePushes,
  targets: compareTargets,
  health: compareHealth,
};

describe('recorded traffic', { skip: referenceAbsent }, () => {
  for (const scenario of playableScenarios()) {
    const known = better[scenario.name];
    test(`${scenario.name}${known ? ` (better: ${known.why})` : ''}`, { timeout: 20_000 }, async (t) => {
      const played = await play(scenario);
      t.after(() => played.servers.close());
      for (const [part, compare] of Object.entries(comparisons)) {
        if (known?.parts.includes(part as Part)) continue;
        const { actual, expected } = await compare(played, scenario.expected);
        assert.deepEqual(actual, expected, part);
      }
    });
  }
});
