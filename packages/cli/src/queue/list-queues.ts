import type { Host } from '../host.ts';
import { plural } from '../print-diagnostics.ts';
import { problemsTo } from './problems.ts';
import { isoTime, openQueues } from './queue-file.ts';

/** Prints a line for each queue file: profiles, bytes, the times of the oldest and newest, and how many series. */
export async function listQueues(path: string, host: Host): Promise<number> {
  const problems = problemsTo(host);
  for await (const { path: file, entries } of openQueues(path, problems.tell)) {
    const bytes = entries.reduce((sum, { size }) => sum + size, 0);
    const series = new Set(entries.map((entry) => entry.series)).size;
    const [first, last] = [entries[0], entries.at(-1)];
    const times = first && last ? `, came ${isoTime(first.arrived)} to ${isoTime(last.arrived)}` : '';
    host.stdout.write(
      `${file}: ${plural(entries.length, 'profile')} of ${series} series, ${bytes} bytes${times}\n`,
    );
  }
  return problems.status;
}
