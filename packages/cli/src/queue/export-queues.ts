import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadStep, profileOf } from '@pewter/pyroscope/queue-files';
import { CommandError, systemReason } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { plural } from '../print-diagnostics.ts';
import { type Problems, problemsTo } from './problems.ts';
import { entryText, type OpenQueue, openQueues } from './queue-file.ts';

/**
 * Writes each profile of queue files into a folder as it is, `N.pb.gz` or `N.pb`, with `N.json` beside it: labels, id,
 * time of arrival and what an `/ingest` request said. The queue files stay as they are, and so does what an earlier
 * export wrote: a folder with such files is refused.
 */
export async function exportQueues(path: string, folder: string, host: Host): Promise<number> {
  let written = 0;
  const problems = problemsTo(host);
  try {
    let prepared: Promise<void> | undefined;
    for await (const queue of openQueues(path, problems.tell)) {
      prepared ??= prepare(folder);
      await prepared;
      written += await exportQueue(queue, folder, written, problems);
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`cannot write ${folder}: ${systemReason(error)}`, exitCode.unusable, {
      cause: error,
    });
  }
  host.stdout.write(`${plural(written, 'profile')} written to ${folder}\n`);
  return problems.status;
}

/** Makes the folder, or sees that nothing would be written over there. */
async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const earlier = (await readdir(folder)).find((name) => /^\d{6,}\.(?:json|pb|pb\.gz)$/.test(name));
  if (earlier === undefined) return;
  const message = `${folder} has profiles of an earlier export (${earlier}): give another directory`;
  throw new CommandError(message, exitCode.unusable);
}

async function exportQueue(
  { path, database, entries }: OpenQueue,
  folder: string,
  before: number,
  problems: Problems,
): Promise<number> {
  let written = 0;
  for (const entry of entries) {
    const { id, arrived } = entry;
    const [rows = []] = await database.transact([loadStep(id)]);
    const profile = profileOf(rows[0]);
    if (profile === undefined) {
      problems.tell(`${path}: a profile of ${entryText(entry)}, is damaged and was left out`);
      continue;
    }
    const { bytes, labels, ...rest } = profile;
    const base = join(folder, String(before + ++written).padStart(6, '0'));
    const facts = {
      labels: Object.fromEntries(labels.map(({ name, value }) => [name, value])),
      arrived: new Date(arrived),
      ...rest,
    };
    await writeFile(`${base}.pb${isGzip(bytes) ? '.gz' : ''}`, bytes, { flag: 'wx' });
    await writeFile(`${base}.json`, `${JSON.stringify(facts, null, 2)}\n`, { flag: 'wx' });
  }
  return written;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
