import { randomUUID } from 'node:crypto';
import { createHttpClient, defaultHttpClientArguments, shownUrl } from '@pewter/http-client';
import {
  createPushClient,
  deleteStep,
  isAboutProfile,
  isWorthRetrying,
  loadStep,
  type PushFailure,
  profileOf,
  type StoredEntry,
} from '@pewter/pyroscope/queue-files';
import { realOutside } from '@pewter/runtime/running';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { plural } from '../print-diagnostics.ts';
import { stopSignal } from '../stop-signal.ts';
import { version } from '../version.ts';
import { problemsTo } from './problems.ts';
import { type OpenQueue, openQueues } from './queue-file.ts';
import { StayingProfiles } from './staying-profiles.ts';

export interface DrainOptions {
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
}

type PushClient = ReturnType<typeof createPushClient>;

const timeoutMs = 10_000;
/** Failures one after the other, of other profiles each, by which a server counts as down. */
const failuresOfDown = 3;

/** What sending one queue came to. */
interface Drained {
  readonly sent: number;
  readonly staying: StayingProfiles;
  /** Why no more is sent, to this server, by anyone; undefined where everything was tried. */
  readonly end: string | undefined;
}

/**
 * Sends what is in queue files, oldest first; each profile is removed after the server has taken it. What it refuses
 * stays in its file and is told; where the server itself is down or refuses everything, no more is sent.
 */
export async function drainQueues(path: string, { url, headers }: DrainOptions, host: Host): Promise<number> {
  const stop = stopSignal(host);
  const problems = problemsTo(host);
  const http = createHttpClient(realOutside(), defaultHttpClientArguments, {
    userAgent: `pewter/${version}`,
  });
  const client = createPushClient({ http, url, headers, timeoutMs, instanceId: randomUUID() });
  try {
    for await (const queue of openQueues(path, problems.tell)) {
      const { sent, staying, end } = await drain(queue, client, stop.signal);
      const of = plural(queue.entries.length, 'profile');
      host.stdout.write(`${queue.path}: ${sent} of ${of} sent to ${shownUrl(url)}\n`);
      for (const text of staying.texts()) problems.tell(`${queue.path}: ${text}`);
      if (end === undefined) continue;
      problems.tell(`${end}; what is left stays in the queue files`);
      return exitCode.failed;
    }
    return problems.status;
  } finally {
    stop.release();
    await http.close();
  }
}

async function drain(
  { database, entries }: OpenQueue,
  client: PushClient,
  signal: AbortSignal,
): Promise<Drained> {
  const staying = new StayingProfiles();
  let sent = 0;
  let failuresInARow = 0;
  for (const entry of entries) {
    const failure = await sendOne(entry, database, client, signal);
    if (failure === undefined) sent++;
    else if (signal.aborted) return { sent, staying, end: 'interrupted' };
    else if (failure.scope !== 'all') staying.add(entry, failure.why);
    failuresInARow = failure?.scope === 'moment' ? failuresInARow + 1 : 0;
    if (failure?.scope === 'all' || failuresInARow >= failuresOfDown)
      return { sent, staying, end: `the server takes nothing: ${failure?.why}` };
  }
  return { sent, staying, end: undefined };
}

/** Why a profile was not sent, and what else that is true of: this profile, what is sent now, or all there is. */
interface Failure {
  readonly why: string;
  readonly scope: 'profile' | 'moment' | 'all';
}

/** Undefined where it was taken. */
async function sendOne(
  { id }: StoredEntry,
  database: OpenQueue['database'],
  client: PushClient,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const [rows = []] = await database.transact([loadStep(id)]);
  const profile = profileOf(rows[0]);
  if (profile === undefined) return { why: 'damaged', scope: 'profile' };
  const result = await client.push(profile, signal);
  if (!result.ok) return { why: result.reason, scope: scopeOf(result) };
  await database.transact([deleteStep([id])]);
  return undefined;
}

function scopeOf(failure: PushFailure): Failure['scope'] {
  if (isWorthRetrying(failure, true)) return 'moment';
  return isAboutProfile(failure) ? 'profile' : 'all';
}
