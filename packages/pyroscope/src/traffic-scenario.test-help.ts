import { gunzipSync } from 'node:zlib';
import { type FakeAnswer, FakeTarget, RecordingSink, reservedPort, type VirtualClock } from '@pewter/testkit';
import { referenceBytes, referenceNames, referenceText } from './reference.test-help.ts';

interface ScriptBody {
  readonly fixture?: string;
  readonly raw_fixture?: string;
  readonly text?: string;
  readonly hex?: string;
}

interface ScriptAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ScriptBody;
  readonly delay_ms?: number;
  readonly body_delay_ms?: number;
  readonly drop?: boolean;
  readonly no_content_type?: boolean;
}

/** What the other side of a recorded scenario does; see the README of the recordings. */
export interface Script {
  readonly listeners: Readonly<
    Record<string, { readonly kind?: string; readonly tls?: string; readonly host?: string }>
  >;
  readonly routes?: readonly {
    readonly on: string;
    readonly path: string;
    readonly answers: readonly ScriptAnswer[];
  }[];
  readonly steps?: readonly unknown[];
  readonly files?: unknown;
  readonly env?: unknown;
  /** How often a path (`t /path`) is asked for until the scenario ends. */
  readonly until?: Readonly<Record<string, number>>;
  readonly settle_ms?: number;
  readonly max_ms?: number;
}

interface ExpectedRequest {
  readonly on: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ExpectedTarget {
  readonly url: string;
  readonly job: string;
  readonly health: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What the reference did. */
export interface Expected {
  readonly exit: { readonly early?: boolean };
  /** Every event in turn: `t GET /path 200`, or `-- STEP`. */
  readonly order: readonly { readonly what: string }[];
  readonly requests: readonly ExpectedRequest[];
  readonly pushes?: readonly {
    readonly on: string;
    readonly answered: string;
    readonly series: readonly {
      readonly labels: readonly (readonly [string, string])[];
      readonly samples: readonly {
        readonly digest?: string;
        readonly profile?: { readonly digest: string };
      }[];
    }[];
  }[];
  readonly components?: Readonly<
    Record<
      string,
      { readonly state: string; readonly debug_info?: { readonly target?: readonly ExpectedTarget[] } }
    >
  >;
}

export interface Scenario {
  readonly name: string;
  readonly config: string;
  readonly script: Script;
  readonly expected: Expected;
}

const components = /^\s*(\w+(?:\.\w+)+)\s+"/gm;
const ours = new Set(['pyroscope.scrape', 'pyroscope.write', 'discovery.http', 'discovery.relabel']);

/** The recorded scenarios that need nothing but plain targets, pushes and service discovery. */
export function playableScenarios(): readonly Scenario[] {
  return referenceNames('traffic').flatMap((name) => {
    const text = referenceText(`traffic/${name}/script.json`);
    if (text === '') return [];
    const script: Script = JSON.parse(text);
    const config = referenceText(`traffic/${name}/config.alloy`);
    if (!isPlayable(script, config)) return [];
    const expected: Expected = JSON.parse(referenceText(`traffic/${name}/expected.json`));
    return [{ name, config, script, expected }];
  });
}

function isPlayable({ listeners, steps, files, env }: Script, config: string): boolean {
  if (steps?.length || files !== undefined || env !== undefined || config.includes('{{certs}}')) return false;
  const kinds = new Set(['target', 'push', 'reserve']);
  const plain = Object.values(listeners).every(({ kind = 'target', tls }) => !tls && kinds.has(kind));
  return (
    plain &&
    [...config.matchAll(components)].every(([, name]) => ours.has(name ?? '') || name === 'profile.custom')
  );
}

/** The servers of a scenario. */
export interface Servers {
  readonly targets: ReadonlyMap<string, FakeTarget>;
  readonly sinks: ReadonlyMap<string, RecordingSink>;
  readonly addresses: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/** Starts the servers of a scenario; their delays pass on `clock`. */
export async function startServers(script: Script, clock: VirtualClock): Promise<Servers> {
  const targets = new Map<string, FakeTarget>();
  const sinks = new Map<string, RecordingSink>();
  const addresses = new Map<string, string>();
  for (const [name, { kind, host }] of Object.entries(script.listeners)) {
    if (kind === 'push') {
      const sink = await RecordingSink.start();
      sinks.set(name, sink);
      addresses.set(name, sink.url.slice('http://'.length));
      continue;
    }
    if (kind === 'reserve') {
      addresses.set(name, `127.0.0.1:${await reservedPort()}`);
      continue;
    }
    const target = await FakeTarget.start(clock, host);
    addresses.set(name, target.address);
    targets.set(name, target);
  }
  const servers = { targets, sinks, addresses };
  for (const { on, path, answers } of script.routes ?? []) {
    targets.get(on)?.serve(path, ...answers.map((answer) => fakeAnswer(answer, servers)));
    answerPushes(sinks.get(on), answers, servers);
  }
  const close = async () => {
    await Promise.all([...targets.values(), ...sinks.values()].map((server) => server.close()));
  };
  return { ...servers, close };
}

function answerPushes(
  sink: RecordingSink | undefined,
  answers: readonly ScriptAnswer[],
  servers: Pick<Servers, 'addresses'>,
): void {
  if (sink === undefined) return;
  const failures = answers.map(({ status, headers = {}, body, drop = false }) => ({
    status,
    headers: lowerCase(headers),
    body: fill(body?.text ?? '', servers),
    drop,
  }));
  sink.fail(...failures.slice(0, -1));
  sink.failAlways(failures.at(-1));
}

function fakeAnswer(answer: ScriptAnswer, servers: Pick<Servers, 'addresses'>): FakeAnswer {
  const headers = Object.entries(lowerCase(answer.headers ?? {}));
  return {
    status: answer.status,
    // What the script says is all that is sent.
    headers: {
      'content-type': '',
      ...Object.fromEntries(headers.map(([name, value]) => [name, fill(value, servers)])),
    },
    body: bodyOf(answer.body, servers),
    ...(answer.delay_ms !== undefined && { delayMs: answer.delay_ms }),
    ...(answer.body_delay_ms !== undefined && { bodyDelayMs: answer.body_delay_ms }),
    ...(answer.drop && { drop: true }),
  };
}

function lowerCase(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The bytes of a body of a script. */
export function bodyOf(
  body: ScriptBody | undefined,
  servers: Pick<Servers, 'addresses'>,
): Uint8Array | string {
  if (body?.fixture !== undefined) return referenceBytes(`profiles/${body.fixture}.pb.gz`);
  if (body?.raw_fixture !== undefined)
    return gunzipSync(referenceBytes(`profiles/${body.raw_fixture}.pb.gz`));
  return body?.hex === undefined ? fill(body?.text ?? '', servers) : Buffer.from(body.hex, 'hex');
}

/** A text of a scenario with the addresses of its servers in it. */
export function fill(text: string, { addresses }: Pick<Servers, 'addresses'>): string {
  return text.replace(/\{\{(\w+)(\.port)?\}\}/g, (all, name: string, port?: string) => {
    const address = addresses.get(name);
    return (port === undefined ? address : address?.split(':')[1]) ?? all;
  });
}
