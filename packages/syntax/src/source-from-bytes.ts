import { SourceFile } from './source.ts';

/**
 * The text of bytes that should be UTF-8, as they come from a file. A byte that is not UTF-8 becomes a lone surrogate
 * (U+DC80 to U+DCFF, as Python's `surrogateescape` does), which no UTF-8 can hold: `parse` reports it (E0104) at its
 * place, and a U+FFFD that the file really holds is left alone. A byte order mark at the beginning stays in the text,
 * so that offsets fit; `parse` passes over it.
 */
export function sourceFromBytes(name: string, bytes: Uint8Array): SourceFile {
  try {
    return new SourceFile(name, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return new SourceFile(name, decodeVisibly(bytes));
  }
}

function decodeVisibly(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const parts: string[] = [];
  let valid = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      parts.push(decoder.decode(bytes.subarray(valid, at)), String.fromCharCode(0xdc00 + (bytes[at] ?? 0)));
      valid = at + 1;
    }
    at += Math.max(length, 1);
  }
  parts.push(decoder.decode(bytes.subarray(valid)));
  return parts.join('');
}

/** The lowest and highest second byte after a first one, where not every continuation byte may stand (RFC 3629). */
const SECOND: Readonly<Record<number, readonly [number, number]>> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};

/** The number of bytes of the well-formed sequence at a place; 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  const [low, high] = SECOND[first] ?? [0x80, 0xbf];
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index] ?? 0;
    if (byte < (index === 1 ? low : 0x80) || byte > (index === 1 ? high : 0xbf)) return 0;
  }
  return length;
}
