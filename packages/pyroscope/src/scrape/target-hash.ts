import { hashLabels } from '@pewter/discovery/hash';
import type { Label } from '../labels.ts';

/**
 * The stable 64-bit hash of a scrape loop, from its public labels and URL: equal after a restart and equal to the
 * reference's. It tells loops apart and spreads them over the interval. The labels are hashed once for all URLs.
 */
export function targetHasher(publicLabels: readonly Label[]): (url: string) => bigint {
  const labels = hashLabels(publicLabels.map(({ name, value }) => [name, value])).toString(16);
  return (url) => fnv1a(Buffer.from(labels + url));
}

/** FNV-1a, 64 bits, in halves of 32: numbers are some ten times as fast as bigints here. */
function fnv1a(bytes: Uint8Array): bigint {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const byte of bytes) {
    low = (low ^ byte) >>> 0;
    // The prime is 2^40 + 0x1b3; what is shifted by 40 lands 8 higher in the upper half.
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 2 ** 32) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return (BigInt(high) << 32n) | BigInt(low);
}

/** By their hash what is scraped of these targets: the first of those with the same one. */
export function firstByHash<T extends { readonly hash: bigint }>(targets: readonly T[]): Map<bigint, T> {
  const first = new Map<bigint, T>();
  for (const target of targets) if (!first.has(target.hash)) first.set(target.hash, target);
  return first;
}
