import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { problemsTo } from './problems.ts';
import { openQueues } from './queue-file.ts';

/** Prints a line for each queue file: profiles, bytes, the times of the oldest and newest, and how many series. */
export async function listQueues(path: string, host: Host): Promise<number> {
  let found = 0;
  const problems = problemsTo(host);
  for await (const { path: file, entries } of openQueues(path, problems.tell)) {
    found++;
    const bytes = entries.reduce((sum, { size }) => sum + size, 0);
    const series = new Set(entries.map((entry) => entry.series)).size;
    const [first, last] = [entries[0], entries.at(-1)];
    const times = first && last ? `, came ${isoTime(first.arrived)} to ${isoTime(last.arrived)}` : '';
    host.stdout.write(`${file}: ${entries.length} profiles of ${series} series, ${bytes} bytes${times}\n`);
  }
  if (found === 0 && problems.status === exitCode.ok) host.stderr.write(`pewter: no queue file at ${path}\n`);
  return problems.status;
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
