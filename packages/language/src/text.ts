/**
 * Strings of the language are bytes, mostly UTF-8; ours are UTF-16. A byte that is no part of valid UTF-8 is
 * kept as the lone surrogate U+DC80…U+DCFF (as Python's `surrogateescape` does), so that nothing is lost on the
 * way through functions such as `encoding.to_base64`.
 */
const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const escapeBase = 0xdc00;

/** The text that bytes spell. */
export function textFromBytes(bytes: Uint8Array): string {
  return decodeStrictly(bytes) ?? decodeEscaping(bytes);
}

/** The bytes of a text; a lone surrogate that stands for no byte becomes U+FFFD. */
export function bytesFromText(text: string): Uint8Array {
  if (text.isWellFormed()) return encoder.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (isEscapedByte(code)) bytes.push(code - escapeBase);
    else bytes.push(...encoder.encode(character));
  }
  return Uint8Array.from(bytes);
}

/** One text behind the other; bytes that only together spell a character do so. */
export function joinText(left: string, right: string): string {
  const joined = left + right;
  if (joined.isWellFormed()) return joined;
  return textFromBytes(bytesFromText(joined));
}

/** Orders texts by their bytes, that is by code points; negative, zero or positive. */
export function compareText(left: string, right: string): number {
  if (!left.isWellFormed() || !right.isWellFormed()) return compareBytes(left, right);
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const difference = rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** True for a code that stands for a single byte outside of UTF-8. */
export function isEscapedByte(code: number): boolean {
  return code >= 0xdc80 && code <= 0xdcff;
}

/** Surrogates spell the highest code points, although their numbers lie below U+E000…U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function compareBytes(left: string, right: string): number {
  const a = bytesFromText(left);
  const b = bytesFromText(right);
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeEscaping(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length = sequenceLength(byte);
    const character = length === 0 ? undefined : decodeStrictly(bytes.subarray(at, at + length));
    text += character ?? String.fromCharCode(escapeBase + byte);
    at += character === undefined ? 1 : length;
  }
  return text;
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}
