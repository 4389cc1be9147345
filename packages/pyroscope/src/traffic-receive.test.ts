import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { create, toBinary } from '@bufbuild/protobuf';
import { VirtualClock } from '@pewter/testkit';
import { PushRequestSchema } from './gen/push/v1/push_pb.ts';
import { referenceAbsent, referenceBytes, referenceText } from './reference.test-help.ts';
import { TestPipeline } from './test-pipeline.test-help.ts';
import { bodyOf, fill, type Script, type Servers, startServers } from './traffic-scenario.test-help.ts';

interface Step {
  readonly do: string;
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Parameters<typeof bodyOf>[0] & {
    readonly push?: readonly {
      readonly labels: readonly (readonly [string, string])[];
      readonly samples: readonly { readonly fixture: string; readonly id?: string }[];
    }[];
  };
}

interface Recorded {
  readonly responses: readonly { readonly name: string; readonly status: number }[];
  readonly pushes?: readonly {
    readonly on: string;
    readonly answered: string;
    readonly path: string;
    readonly query?: string;
    readonly series?: readonly {
      readonly labels: readonly (readonly [string, string])[];
      readonly samples: readonly { readonly bytes: number; readonly id: string }[];
    }[];
  }[];
}

interface Better {
  readonly why: string;
  /** What is answered here, by the name of the request. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** Where the program is better than the reference; each stands in docs/differences.md. */
const better: Readonly<Record<string, Better>> = {
  receive_ingest: {
    why: 'a missing or unparsable name is 400',
    statuses: { no_name: 400, bad_name: 400, bad_label: 400 },
  },
};

const scenarios = ['receive_push', 'receive_ingest', 'write_endless', 'write_status_ingest'];

function requestBody(body: Step['body'], servers: Servers): Uint8Array<ArrayBuffer> | undefined {
  if (body === undefined) return undefined;
  if (body.push === undefined) return new Uint8Array(Buffer.from(bodyOf(body, servers)));
  const series = body.push.map(({ labels, samples }) => ({
    labels: labels.map(([name, value]) => ({ name, value })),
    samples: samples.map(({ fixture, id = '' }) => ({
      rawProfile: new Uint8Array(referenceBytes(`profiles/${fixture}.pb.gz`)),
      ID: id,
    })),
  }));
  return new Uint8Array(toBinary(PushRequestSchema, create(PushRequestSchema, { series })));
}

/** Waits until every receiver listens. */
async function listening({ pipeline, lines }: TestPipeline): Promise<void> {
  const receivers = pipeline.components().filter(({ name }) => name === 'pyroscope.receive_http').length;
  const listen = () => lines.filter((line) => line.includes('server listening on addresses')).length;
  for (const started = performance.now(); listen() < receivers; ) {
    assert.ok(performance.now() - started < 10_000, lines.join(''));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Sends a request, and lets time pass until it is answered. */
async function ask(step: Step, servers: Servers, pipeline: TestPipeline): Promise<number> {
  const body = requestBody(step.body, servers);
  const headers = { connection: 'close', ...step.headers };
  const request = { method: step.method, headers, ...(body && { body }) };
  let status: number | undefined;
  const asked = fetch(fill(step.url, servers), request).then((answer) => {
    status = answer.status;
  });
  for (let tries = 0; tries < 2000 && status === undefined; tries++) {
    await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 2))]);
    await pipeline.clock.advance(2);
  }
  return status ?? assert.fail(`${step.name} has no answer`);
}

/** Pushes that were answered with success, and not dropped on the way back. */
function sent({ sinks }: Servers, { routes = [] }: Script): readonly string[] {
  const dropping = new Set(
    routes.filter(({ answers }) => answers.some(({ drop }) => drop)).map(({ on }) => on),
  );
  return [...sinks].flatMap(([on, { pushes }]) =>
    pushes
      .filter(({ status }) => status === 200 && !dropping.has(on))
      .flatMap(({ path, profiles }) =>
        path.includes('?')
          ? [`${on} ${path}`]
          : profiles.map(
              ({ labels, bytes, id }) =>
                `${on} ${JSON.stringify([Object.entries(labels), bytes.length, id])}`,
            ),
      ),
  );
}

function recordedPushes({ pushes = [] }: Recorded): readonly string[] {
  return pushes
    .filter(({ answered }) => answered === '200')
    .flatMap(({ on, path, query, series }) =>
      series === undefined
        ? [`${on} ${path}?${query}`]
        : series.flatMap(({ labels, samples }) =>
            samples.map(({ bytes, id }) => `${on} ${JSON.stringify([labels, bytes, id])}`),
          ),
    );
}

describe('recorded traffic to receivers', { skip: referenceAbsent }, () => {
  for (const name of scenarios) {
    const known = better[name];
    test(`${name}${known ? ` (better: ${known.why})` : ''}`, { timeout: 20_000 }, async (t) => {
      const script: Script = JSON.parse(referenceText(`traffic/${name}/script.json`));
      const expected: Recorded = JSON.parse(referenceText(`traffic/${name}/expected.json`));
      const servers = await startServers(script, new VirtualClock());
      const pipeline = new TestPipeline(new VirtualClock());
      t.after(async () => {
        await pipeline.stop();
        await servers.close();
      });
      const { ok } = await pipeline.load(fill(referenceText(`traffic/${name}/config.alloy`), servers));
      assert.ok(ok);
      pipeline.pipeline.start();
      await listening(pipeline);
      const answered: [string, number][] = [];
      for (const step of (script.steps ?? []) as readonly Step[])
        answered.push([step.name, await ask(step, servers, pipeline)]);
      const wanted = expected.responses.map((one) => [one.name, known?.statuses[one.name] ?? one.status]);
      assert.deepEqual(answered, wanted);
      assert.deepEqual(new Set(sent(servers, script)), new Set(recordedPushes(expected)));
    });
  }
});
