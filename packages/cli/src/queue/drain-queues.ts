import { randomUUID } from 'node:crypto';
import { createHttpClient, defaultHttpClientArguments } from '@pewter/http-client';
import { createPushClient, deleteStep, loadStep, profileOf } from '@pewter/pyroscope/queue-files';
import { realOutside } from '@pewter/runtime/running';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { stopSignal } from '../stop-signal.ts';
import { version } from '../version.ts';
import { problemsTo } from './problems.ts';
import { type OpenQueue, openQueues } from './queue-file.ts';

export interface DrainOptions {
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
}

type PushClient = ReturnType<typeof createPushClient>;

const timeoutMs = 10_000;

/** Sends what is in queue files, oldest first; each profile is removed after the server has taken it. Ends at the first that it does not take. */
export async function drainQueues(path: string, { url, headers }: DrainOptions, host: Host): Promise<number> {
  const stop = stopSignal(host);
  const problems = problemsTo(host);
  const http = createHttpClient(realOutside(), defaultHttpClientArguments, {
    userAgent: `pewter/${version}`,
  });
  const client = createPushClient({ http, url, headers, timeoutMs, instanceId: randomUUID() });
  try {
    for await (const queue of openQueues(path, problems.tell)) {
      const sent = await drain(queue, client, host, stop.signal);
      host.stdout.write(`${queue.path}: ${sent} of ${queue.entries.length} profiles sent to ${url}\n`);
      if (sent < queue.entries.length) return exitCode.failed;
    }
    return problems.status;
  } finally {
    stop.release();
    await http.close();
  }
}

async function drain(
  { path, database, entries }: OpenQueue,
  client: PushClient,
  host: Host,
  signal: AbortSignal,
): Promise<number> {
  let sent = 0;
  for (const { id } of entries) {
    const [rows = []] = await database.transact([loadStep(id)]);
    const profile = profileOf(rows[0]);
    if (profile === undefined) {
      host.stderr.write(`pewter: profile ${id} in ${path} is damaged and was left there\n`);
      continue;
    }
    const result = await client.push(profile, signal);
    if (!result.ok) {
      host.stderr.write(`pewter: profile ${id} was not taken: ${result.reason}\n`);
      return sent;
    }
    await database.transact([deleteStep([id])]);
    sent++;
  }
  return sent;
}
