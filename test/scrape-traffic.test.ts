import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type ScratchFolder, scratchFolder } from './harness/files.ts';
import { missing } from './harness/reference.ts';
import { writeCertificates } from './harness/traffic/certificates.ts';
import { expectedTargets, type Played, playScenario } from './harness/traffic/play.ts';
import {
  type RequestFacts,
  type Scenario,
  scrapeScenarios,
  type TargetFacts,
} from './harness/traffic/scenario.ts';

type Part = 'exit' | 'requests' | 'targets';

/** Where the program is better than the reference; each stands in docs/differences.md. Where only one of the two loads the config, there is no more to compare. */
const better: Readonly<Record<string, { readonly why: string; readonly parts: readonly Part[] }>> = {
  bad_address_scheme: { why: 'a bad address harms that target alone', parts: ['requests'] },
  config_custom_duplicate: { why: 'two profile.custom of one label are an error', parts: ['exit'] },
  config_interval_10s: { why: 'an omitted delta duration follows the interval', parts: ['exit'] },
  config_unknown_attr: { why: 'its unknown attribute, body_size_limit, is known here', parts: ['exit'] },
  delta_duration_14s_explicit: {
    why: 'an explicit delta duration is explicit',
    parts: ['requests', 'targets'],
  },
  params_delta_leak: { why: 'seconds does not leak through params', parts: ['requests', 'targets'] },
  seed_dynamic: { why: 'a list of target lists is flattened', parts: ['exit'] },
};

/** Recordings of a moment that is over before it can be looked at again: the health of their targets means nothing. */
const momentary: ReadonlySet<string> = new Set(['shutdown_inflight']);

/** What a target is asked, and with which headers; how often depends on when the recording began and ended. */
function requestText({ on, method, path, query = '', headers }: RequestFacts): string {
  const named = Object.keys(headers).map((name) => name.toLowerCase());
  const sent = named.filter((name) => !uncompared.has(name)).sort();
  return [on, method, path, query, ...sent].join(' ');
}

/** Headers that only tracing adds, or that belong to the connection. */
const uncompared: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'traceparent',
  'transfer-encoding',
  'uber-trace-id',
  '(framing)',
]);

function targetText({ url, health, labels, last_error: error = '' }: TargetFacts): string {
  return JSON.stringify([url, health, Object.entries(labels).sort(), error === '' ? '' : 'with an error']);
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)].sort();
}

const parts: Readonly<Record<Part, (played: Played, scenario: Scenario) => readonly [unknown, unknown]>> = {
  exit: ({ early, status }, { expected }) => [
    { early, status },
    { early: expected.exit.early, status: expected.exit.status },
  ],
  requests: ({ requests }, { expected }) => [
    unique(requests.map(requestText)),
    unique(expected.requests.map(requestText)),
  ],
  targets: ({ targets }, scenario) => [
    unique(targets.map(targetText)),
    unique(expectedTargets(scenario).map(targetText)),
  ],
};

function comparable(differing: readonly Part[], looked: boolean): readonly Part[] {
  if (differing.includes('exit')) return ['exit'];
  return looked ? ['exit', 'requests', 'targets'] : ['exit', 'requests'];
}

describe('pewter run: recorded traffic of scrapes', { skip: missing('traffic'), concurrency: 8 }, () => {
  let certificates: ScratchFolder;
  before(async () => {
    certificates = await scratchFolder();
    await writeCertificates(certificates.path);
  });
  after(() => certificates[Symbol.asyncDispose]());

  for (const scenario of scrapeScenarios()) {
    const known = better[scenario.name];
    const title = `${scenario.name}${known ? ` (better: ${known.why})` : ''}`;
    test(title, { timeout: 120_000 }, async () => {
      const differing = known?.parts ?? [];
      const looked = !momentary.has(scenario.name);
      const sameTargets = looked && !differing.includes('targets') && !differing.includes('exit');
      const played = await playScenario(scenario, { certificates: certificates.path, sameTargets });
      for (const part of comparable(differing, looked)) {
        const [actual, expected] = parts[part](played, scenario);
        const same = differing.includes(part) ? assert.notDeepEqual : assert.deepEqual;
        same(actual, expected, `${part}\n${played.output}`);
      }
    });
  }
});
