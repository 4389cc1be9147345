import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type ScratchFolder, scratchFolder } from './harness/files.ts';
import { missing } from './harness/reference.ts';
import { writeCertificates } from './harness/traffic/certificates.ts';
import { playScenario } from './harness/traffic/play.ts';
import { pushScenarios, type RequestFacts, type Scenario } from './harness/traffic/scenario.ts';

interface Better {
  readonly why: string;
  /** What is answered here, by the name of the request. */
  readonly statuses?: Readonly<Record<string, number>>;
  /** The program refuses the config. */
  readonly refused?: boolean;
  /** Requests that this program makes, and the reference does not. */
  readonly more?: readonly string[];
}

/** Where the program is better than the reference; each stands in docs/differences.md. */
const better: Readonly<Record<string, Better>> = {
  external_labels: { why: 'external labels with invalid names are refused at load', refused: true },
  receive_ingest: {
    why: 'a missing or unparsable name is 400, and goes nowhere',
    statuses: { no_name: 400, bad_name: 400, bad_label: 400 },
  },
  reload_write_url: {
    why: 'loops that run push to the new endpoint',
    more: ['push2 h1 POST /push.v1.PusherService/Push '],
  },
};

/** What of a request tells where a profile went, and how. */
function wayOf({ on, proto, method, path, query = '' }: RequestFacts): string {
  return `${on} ${proto} ${method} ${path} ${query}`;
}

/** Whether all that happens is asked for by the script, so that there is a number of requests to compare. */
function isScripted({ config }: Scenario): boolean {
  return !config('config.alloy').includes('pyroscope.scrape');
}

function counted(requests: readonly RequestFacts[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const request of requests) counts[wayOf(request)] = (counts[wayOf(request)] ?? 0) + (request.n ?? 1);
  return counts;
}

const ways = (requests: readonly RequestFacts[]) => Object.keys(counted(requests)).sort();

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
      const wanted = [...ways(expected.requests), ...(known?.more ?? [])].sort();
      assert.deepEqual(ways(played.requests), wanted, played.output);
      if (isScripted(scenario) && known === undefined)
        assert.deepEqual(counted(played.requests), counted(expected.requests));
    });
  }
});
