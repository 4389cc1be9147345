import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { asFarAs, bySeries } from '@pewter/testkit';
import { type ScratchFolder, scratchFolder } from './harness/files.ts';
import { missing } from './harness/reference.ts';
import { writeCertificates } from './harness/traffic/certificates.ts';
import { requestText } from './harness/traffic/compare-requests.ts';
import { expectedTargets, type Played, playScenario } from './harness/traffic/play.ts';
import { recordedProfiles } from './harness/traffic/push-facts.ts';
import { clientScenarios, type Scenario, type TargetFacts } from './harness/traffic/scenario.ts';

type Part = 'exit' | 'requests' | 'pushes' | 'responses' | 'targets';

/** Where the program is better than the reference; each stands in docs/differences.md. */
const better: Readonly<Record<string, { readonly why: string; readonly parts: readonly Part[] }>> = {
  auth_kinds: { why: 'a changed bearer_token_file counts with the next scrape', parts: ['requests'] },
  http_headers: { why: 'http_headers do not pile up', parts: ['requests'] },
  write_two_endpoints: { why: 'health of a target is that of its scrape', parts: ['targets'] },
};

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
  pushes: ({ pushes }, { expected }) => {
    const ours = bySeries(recordedProfiles(pushes));
    const theirs = bySeries(recordedProfiles(expected.pushes ?? []));
    return [asFarAs(theirs, ours), asFarAs(ours, theirs)];
  },
  responses: ({ responses }, { expected }) => [
    responses,
    Object.fromEntries((expected.responses ?? []).map(({ name, status }) => [name, status])),
  ],
  targets: ({ targets }, scenario) => [
    unique(targets.map(targetText)),
    unique(expectedTargets(scenario).map(targetText)),
  ],
};

const skip = missing('traffic');

describe('pewter run: recorded traffic of HTTP clients', { skip, concurrency: 6 }, () => {
  let certificates: ScratchFolder;
  before(async () => {
    certificates = await scratchFolder();
    await writeCertificates(certificates.path);
  });
  after(() => certificates[Symbol.asyncDispose]());

  for (const scenario of clientScenarios()) {
    const known = better[scenario.name];
    const title = `${scenario.name}${known ? ` (better: ${known.why})` : ''}`;
    test(title, { timeout: 60_000 }, async () => {
      const sameTargets = known?.parts.includes('targets') !== true;
      const played = await playScenario(scenario, { certificates: certificates.path, sameTargets });
      for (const [part, compare] of Object.entries(parts)) {
        const [actual, expected] = compare(played, scenario);
        const same = known?.parts.includes(part as Part) ? assert.notDeepEqual : assert.deepEqual;
        same(actual, expected, `${part}\n${played.output}`);
      }
    });
  }
});
