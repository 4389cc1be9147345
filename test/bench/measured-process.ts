import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** What a whole process took, from its start to its end. */
export interface ProcessCost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly status: number | null;
}

// Runs inside the measured process and tells its peak memory and CPU time as it exits, on a pipe of its own.
const tell = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));
`)}`;

/** Runs `node ARGS…` to its end and measures it; its output is thrown away. */
export async function measureNode(args: readonly string[]): Promise<ProcessCost> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', tell, ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  let report = '';
  child.stdio[3]?.on('data', (chunk) => {
    report += chunk;
  });
  const closed = once(child, 'close');
  const [status] = await once(child, 'exit');
  const wallMs = performance.now() - started;
  await closed;
  const usage: NodeJS.ResourceUsage = JSON.parse(report);
  const cpuMs = (usage.userCPUTime + usage.systemCPUTime) / 1000;
  return { wallMs, cpuMs, peakMb: usage.maxRSS / 1024, status };
}

/**
 * Runs any program to its end and measures it; its output is thrown away. CPU time and peak memory are those of the last
 * look, some milliseconds before the end, and on Linux only.
 */
export async function measureProgram([program, ...args]: readonly [
  string,
  ...string[],
]): Promise<ProcessCost> {
  const started = performance.now();
  const child = spawn(program, args, { stdio: 'ignore' });
  const exit = once(child, 'exit');
  const looking = new AbortController();
  let last: Usage = { cpuMs: 0, residentMb: 0, peakMb: 0 };
  const look = async () => {
    while (!looking.signal.aborted) {
      const now = await usageOf(child.pid ?? 0).catch(() => last);
      // One that is ending has no memory any more.
      if (now.peakMb > 0) last = now;
      await delay(2);
    }
  };
  const looked = look();
  const [status] = await exit;
  const wallMs = performance.now() - started;
  looking.abort();
  await looked;
  return { wallMs, cpuMs: last.cpuMs, peakMb: last.peakMb, status };
}

/** CPU time and memory of a process that runs. */
export interface Usage {
  /** User and system time since its start. */
  readonly cpuMs: number;
  readonly residentMb: number;
  readonly peakMb: number;
}

/** Reads them from /proc, so on Linux only. */
export async function usageOf(pid: number): Promise<Usage> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  // Behind the name in brackets; utime and stime are the fields 14 and 15 of the whole, in ticks of 10 ms.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const megabytes = (key: string) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * 10,
    residentMb: megabytes('VmRSS'),
    peakMb: megabytes('VmHWM'),
  };
}

/** The middle one of numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
