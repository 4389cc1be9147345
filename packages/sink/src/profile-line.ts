import { heaviest, summarise } from '@pewter/pprof';
import type { ReceivedProfile } from './received-profile.ts';

const shownFunctions = 3;

/**
 * One line about a profile: its kind, its service, how many samples and bytes, the total of its last sample type, and the functions with
 * the largest shares of that, each without what it called.
 */
export function profileLine({ labels, bytes, profile }: ReceivedProfile): string {
  const { sampleTypes, sums, samples } = summarise(profile);
  const type = sampleTypes.at(-1) ?? '';
  const heavy = heaviest(profile, shownFunctions, type);
  const functions = heavy.map(({ name, share }) => `${name} ${(share * 100).toFixed(1)}%`);
  return [
    (labels.__name__ ?? '?').padEnd(12),
    (labels.service_name ?? '?').padEnd(10),
    `${samples} ${samples === 1 ? 'sample' : 'samples'}`.padStart(12),
    formatBytes(bytes.byteLength).padStart(9),
    `  ${type.split('/')[0]} ${formatValue(sums.at(-1) ?? 0n, type)}`.padEnd(24),
    functions.join(', ') || 'nothing in it',
  ].join(' ');
}

type Scale = readonly (readonly [size: number, unit: string])[];

const byteScale: Scale = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
  [0, 'B'],
];
const timeScale: Scale = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [0, 'ns'],
];
const scales: Readonly<Record<string, Scale>> = { bytes: byteScale, nanoseconds: timeScale };

/** A value in the unit that its sample type (`TYPE/UNIT`) names. */
function formatValue(value: bigint, type: string): string {
  const scale = scales[type.split('/')[1] ?? ''];
  return scale ? scaled(Number(value), scale) : String(value);
}

function formatBytes(count: number): string {
  return scaled(count, byteScale);
}

function scaled(value: number, scale: Scale): string {
  const [size, unit] = scale.find(([from]) => Math.abs(value) >= from) ?? [1, ''];
  return size === 0 ? `${value} ${unit}` : `${(value / size).toFixed(1)} ${unit}`;
}
