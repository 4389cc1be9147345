import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadStep, profileOf } from '@pewter/pyroscope/queue-files';
import { CommandError, systemReason } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { problemsTo } from './problems.ts';
import { type OpenQueue, openQueues } from './queue-file.ts';

/**
 * Writes each profile of queue files into a folder as it is, `N.pb.gz` or `N.pb`, with `N.json` beside it: labels, id,
 * time of arrival and what an `/ingest` request said. The queue files stay as they are.
 */
export async function exportQueues(path: string, folder: string, host: Host): Promise<number> {
  let written = 0;
  const problems = problemsTo(host);
  try {
    await mkdir(folder, { recursive: true });
    for await (const queue of openQueues(path, problems.tell))
      written += await exportQueue(queue, folder, written, host);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`cannot write ${folder}: ${systemReason(error)}`, exitCode.failed, {
      cause: error,
    });
  }
  host.stdout.write(`${written} profiles written to ${folder}\n`);
  return problems.status;
}

async function exportQueue(
  { path, database, entries }: OpenQueue,
  folder: string,
  before: number,
  host: Host,
): Promise<number> {
  let written = 0;
  for (const { id, arrived } of entries) {
    const [rows = []] = await database.transact([loadStep(id)]);
    const profile = profileOf(rows[0]);
    if (profile === undefined) {
      host.stderr.write(`pewter: profile ${id} in ${path} is damaged and was left out\n`);
      continue;
    }
    const { bytes, labels, ...rest } = profile;
    const base = join(folder, String(before + ++written).padStart(6, '0'));
    const facts = {
      labels: Object.fromEntries(labels.map(({ name, value }) => [name, value])),
      arrived: new Date(arrived),
      ...rest,
    };
    await writeFile(`${base}.pb${isGzip(bytes) ? '.gz' : ''}`, bytes);
    await writeFile(`${base}.json`, `${JSON.stringify(facts, null, 2)}\n`);
  }
  return written;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
