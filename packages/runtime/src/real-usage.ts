import { readFileSync } from 'node:fs';
import type { ProcessUsage } from './outside.ts';

/** What this process and its machine have used so far. What the system does not tell is 0. */
export function realUsage(): ProcessUsage {
  const { user, system } = process.cpuUsage();
  const [received, sent] = machineBytes(readText('/proc/net/dev'));
  return {
    cpuSeconds: (user + system) / 1e6,
    residentBytes: process.memoryUsage.rss(),
    virtualBytes: virtualBytes(readText('/proc/self/status')),
    started: performance.timeOrigin,
    receivedBytes: received,
    sentBytes: sent,
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Only Linux has these.
    return '';
  }
}

function virtualBytes(status: string): number {
  return Number(/^VmSize:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

/** Bytes that all network devices but the loopback have received and sent (`man 5 proc_pid_net`). */
export function machineBytes(devices: string): readonly [received: number, sent: number] {
  const rows = devices.split('\n').flatMap((line) => {
    const [, name = '', counts = ''] = /^\s*(\S+):(.*)$/.exec(line) ?? [];
    return name === '' || name === 'lo' ? [] : [counts.trim().split(/\s+/).map(Number)];
  });
  const sum = (column: number) => rows.reduce((total, row) => total + (row[column] ?? 0), 0);
  return [sum(0), sum(8)];
}
