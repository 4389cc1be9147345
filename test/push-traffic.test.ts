import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { asFarAs, bySeries } from '@pewter/testkit';
import { type ScratchFolder, scratchFolder } from './harness/files.ts';
import { missing } from './harness/reference.ts';
import { writeCertificates } from './harness/traffic/certificates.ts';
import { requestText } from './harness/traffic/compare-requests.ts';
import { type Played, playScenario } from './harness/traffic/play.ts';
import { recordedProfiles } from './harness/traffic/push-facts.ts';
import { pushScenarios, type RequestFacts, type Scenario } from './harness/traffic/scenario.ts';

interface Better {
  readonly why: string;
  /** What is answered here, by the name of the request. */
  readonly statuses?: Readonly<Record<string, number>>;
  /** The program refuses the config. */
  readonly refused?: boolean;
  /** A server to which this program pushes, and the reference does not. */
  readonly more?: string;
  /** A query of which this program makes fewer requests, and their number. */
  readonly fewer?: { readonly query: string; readonly count: number };
}

/** Where the program is better than the reference; each stands in docs/differences.md. */
const better: Readonly<Record<string, Better>> = {
  external_labels: { why: 'external labels with invalid names are refused at load', refused: true },
  receive_ingest: {
    why: 'a missing or unparsable name is 400, and goes nowhere',
    statuses: { no_name: 400, bad_name: 400, bad_label: 400 },
    fewer: { query: 'name=app%7Bservice_name%3Dapp%7D', count: 2 },
  },
  reload_write_url: {
    why: 'loops that run push to the new endpoint',
    more: 'push2',
  },
};

/** Whether all that happens is asked for by the script, so that there is a number of requests to compare. */
function isScripted({ config }: Scenario): boolean {
  return !config('config.alloy').includes('pyroscope.scrape');
}

/** All requests, or where their number means nothing the different ones. */
function requestLines(requests: readonly RequestFacts[], exactly: boolean): readonly string[] {
  const lines = requests.flatMap((request) => {
    const count = exactly ? (request.n ?? 1) : 1;
    return Array<string>(count).fill(requestText(request));
  });
  return exactly ? lines.sort() : [...new Set(lines)].sort();
}

/** Where a scrape decides what is sent, either recording may have ended a little earlier. */
function comparePushes(
  { pushes }: Played,
  scenario: Scenario,
  known: Partial<Better> | undefined,
): readonly [unknown, unknown] {
  const ours = bySeries(recordedProfiles(comparable(pushes, known)));
  const theirs = bySeries(recordedProfiles(comparable(scenario.expected.pushes ?? [], known)));
  return isScripted(scenario) ? [ours, theirs] : [asFarAs(theirs, ours), asFarAs(ours, theirs)];
}

/** All but what is known to differ. */
function comparable<Facts extends { readonly on: string; readonly query?: string }>(
  all: readonly Facts[],
  { more, fewer }: Partial<Better> = {},
): readonly Facts[] {
  return all.filter(({ on, query }) => on !== more && (!fewer || query !== fewer.query));
}

/** What is known to differ does. */
function checkDifferences({ requests }: Played, { more, fewer }: Partial<Better> = {}): void {
  if (more) assert.ok(requests.some(({ on }) => on === more));
  if (fewer) assert.equal(requests.filter(({ query }) => query === fewer.query).length, fewer.count);
}

describe('pewter run: recorded traffic of pushes, retries, fan-out and receivers', {
  skip: missing('traffic'),
  concurrency: 3,
}, () => {
  let certificates: ScratchFolder;
  before(async () => {
    certificates = await scratchFolder();
    await writeCertificates(certificates.path);
  });
  after(() => certificates[Symbol.asyncDispose]());

  for (const scenario of pushScenarios()) {
    const known = better[scenario.name];
    test(`${scenario.name}${known ? ` (better: ${known.why})` : ''}`, { timeout: 90_000 }, async () => {
      const { expected } = scenario;
      const played = await playScenario(scenario, { certificates: certificates.path, sameTargets: false });
      if (known?.refused) return assert.deepEqual([played.early, played.status], [true, 1], played.output);
      const responses = Object.fromEntries(
        (expected.responses ?? []).map(({ name, status }) => [name, status]),
      );
      assert.deepEqual(played.responses, { ...responses, ...known?.statuses }, played.output);
      const exactly = isScripted(scenario);
      checkDifferences(played, known);
      assert.deepEqual(
        requestLines(comparable(played.requests, known), exactly),
        requestLines(comparable(expected.requests, known), exactly),
        played.output,
      );
      const [ours, theirs] = comparePushes(played, scenario, known);
      assert.deepEqual(ours, theirs, played.output);
    });
  }
});
