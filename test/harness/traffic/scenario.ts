import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { referencePath } from '../reference.ts';
import type { PushFacts } from './push-facts.ts';

/** The body of an answer or of a request. */
export interface ScriptBody {
  readonly fixture?: string;
  readonly raw_fixture?: string;
  readonly text?: string;
  readonly hex?: string;
  readonly push?: readonly {
    readonly labels: readonly (readonly [string, string])[];
    readonly samples: readonly { readonly fixture: string; readonly id?: string }[];
  }[];
}

export interface ScriptAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ScriptBody;
  readonly delay_ms?: number;
  readonly body_delay_ms?: number;
  readonly chunked?: boolean;
  readonly gzip_encoding?: boolean;
  readonly drop?: boolean;
  readonly no_content_type?: boolean;
}

export interface ScriptListener {
  readonly kind?: 'target' | 'push' | 'proxy' | 'reserve';
  readonly host?: string;
  readonly tls?: 'server' | 'named' | 'mtls';
  readonly h2?: boolean;
}

/** Something done once its time has come and what it waits for has been asked. */
export interface ScriptStep {
  readonly do: 'reload' | 'write' | 'snapshot' | 'request';
  readonly at_ms?: number;
  readonly when?: Readonly<Record<string, number>>;
  readonly then_ms?: number;
  readonly config?: string;
  readonly name?: string;
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ScriptBody;
  readonly file?: string;
  readonly text?: string;
}

/** What the other side of a recorded scenario does; see the README of the recordings. */
export interface Script {
  readonly listeners: Readonly<Record<string, ScriptListener>>;
  readonly routes?: readonly {
    readonly on: string;
    readonly path: string;
    readonly answers: readonly ScriptAnswer[];
  }[];
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps?: readonly ScriptStep[];
  readonly until?: Readonly<Record<string, number>>;
  readonly max_ms: number;
  readonly settle_ms?: number;
}

/** A request as it was recorded; identical ones are one. */
export interface RequestFacts {
  /** How many were the same; absent is one. */
  readonly n?: number;
  readonly on: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly proto: string;
  readonly client_cert?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface TargetFacts {
  readonly url: string;
  readonly health: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly last_error?: string;
}

/** What the reference did. */
export interface Expected {
  readonly exit: { readonly early: boolean; readonly status: number };
  readonly requests: readonly RequestFacts[];
  readonly responses?: readonly { readonly name: string; readonly status: number }[];
  readonly pushes?: readonly PushFacts[];
  readonly components?: Readonly<
    Record<string, { readonly debug_info?: { readonly target?: readonly TargetFacts[] } }>
  >;
}

export interface Scenario {
  readonly name: string;
  readonly config: (file: string) => string;
  readonly script: Script;
  readonly expected: Expected;
}

/** Arguments of an HTTP client, as a config has them. */
const clientArguments =
  /^\s*(?:basic_auth|authorization|oauth2|tls_config|bearer_token\w*|proxy\w+|no_proxy|follow_redirects|enable_http2|http_headers)\b/m;

/** What only configs about the way of a profile after its scrape have: receivers, several endpoints, retries, labels. */
const pushArguments =
  /pyroscope\.(?:receive_http|relabel|enrich)\b|\b(?:external_labels|max_backoff_\w+|retry_on_http_429|remote_timeout)\b|endpoint \{[\s\S]*endpoint \{/;

/** The scenarios that are about an HTTP client: its arguments, TLS, a proxy, or redirects. */
export function clientScenarios(): readonly Scenario[] {
  return scenarios(isAboutClient);
}

/** The scenarios that are about pushes, retries, fan-out, receivers and their labels, and not about an HTTP client. */
export function pushScenarios(): readonly Scenario[] {
  const isAboutPush = ({ listeners }: Script, config: string) =>
    pushArguments.test(config) || Object.values(listeners).filter(({ kind }) => kind === 'push').length > 1;
  return scenarios((script, config) => isAboutPush(script, config) && !isAboutClient(script, config));
}

/** All others: what is scraped and when, deltas, failures, configs that are refused, reloads, discovery. */
export function scrapeScenarios(): readonly Scenario[] {
  const elsewhere = new Set([...clientScenarios(), ...pushScenarios()].map(({ name }) => name));
  return scenarios(() => true).filter(({ name }) => !elsewhere.has(name));
}

function scenarios(wanted: (script: Script, config: string) => boolean): readonly Scenario[] {
  if (!existsSync(referencePath('traffic'))) return [];
  return readdirSync(referencePath('traffic')).flatMap((name) => {
    if (!existsSync(referencePath(`traffic/${name}/script.json`))) return [];
    const text = (file: string) => readFileSync(referencePath(`traffic/${name}/${file}`), 'utf8');
    const script: Script = JSON.parse(text('script.json'));
    if (!wanted(script, text('config.alloy'))) return [];
    return [{ name, config: text, script, expected: JSON.parse(text('expected.json')) as Expected }];
  });
}

function isAboutClient({ listeners, routes = [] }: Script, config: string): boolean {
  const peers = Object.values(listeners).some(({ kind, tls }) => kind === 'proxy' || tls !== undefined);
  const redirects = routes.some(({ answers }) => answers.some(({ status }) => status > 300 && status < 309));
  return peers || redirects || clientArguments.test(config);
}

/** A recorded profile, gzipped as it was sent. */
export function recordedProfile(name: string): Buffer {
  return readFileSync(referencePath(`profiles/${name}.pb.gz`));
}

/** The bytes of a body that is not a push; its text still has its placeholders. */
export function bodyBytes(body: ScriptBody | undefined, fill: (text: string) => string): Buffer {
  if (body?.fixture !== undefined) return recordedProfile(body.fixture);
  if (body?.raw_fixture !== undefined) return gunzipSync(recordedProfile(body.raw_fixture));
  return body?.hex === undefined ? Buffer.from(fill(body?.text ?? '')) : Buffer.from(body.hex, 'hex');
}
