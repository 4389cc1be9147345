import { bytesFromText, compareText } from '@pewter/language';
import xxhash from 'xxhash-wasm';

const { h64Raw } = await xxhash();
const separator = new Uint8Array([0xff]);

/**
 * The reference's hash of labels: names sorted by their UTF-8 bytes, each as name, 0xFF, value, 0xFF; xxHash64 with
 * seed 0 over the whole. The labels need not come sorted, but no name may come twice.
 */
export function hashLabels(labels: Iterable<readonly [string, string]>): bigint {
  const sorted = [...labels].sort(([left], [right]) => compareText(left, right));
  return h64Raw(joinBytes(sorted));
}

function joinBytes(labels: readonly (readonly [string, string])[]): Uint8Array {
  return Buffer.concat(
    labels.flatMap(([name, value]) => [bytesFromText(name), separator, bytesFromText(value), separator]),
  );
}
