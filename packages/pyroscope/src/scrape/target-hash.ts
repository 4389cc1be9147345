import { hashLabels } from '@pewter/discovery';
import type { Label } from '../labels.ts';

const fnvOffset = 0xcbf29ce484222325n;
const fnvPrime = 0x100000001b3n;

/**
 * The stable 64-bit hash of a scrape loop, from its public labels and URL: equal after a restart and equal to the
 * reference's. It tells loops apart and spreads them over the interval.
 */
export function targetHash(publicLabels: readonly Label[], url: string): bigint {
  const labels = hashLabels(publicLabels.map(({ name, value }) => [name, value]));
  return fnv1a(Buffer.from(labels.toString(16) + url));
}

/** FNV-1a, 64 bits. */
function fnv1a(bytes: Uint8Array): bigint {
  let hash = fnvOffset;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * fnvPrime);
  return hash;
}
