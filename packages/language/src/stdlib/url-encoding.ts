import { EvaluationError } from '../error.ts';
import { bytesFromText, textFromBytes } from '../text.ts';

const kept = /[A-Za-z0-9\-_.~]/;

/** A text as it stands in the query of a URL; a blank becomes `+`. */
export function urlEncode(text: string): string {
  return Array.from(bytesFromText(text), (byte) => {
    const character = String.fromCharCode(byte);
    if (kept.test(character)) return character;
    return byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/** Undoes {@link urlEncode}. Throws {@link EvaluationError} on a broken escape. */
export function urlDecode(text: string): string {
  const broken = /%(?![0-9a-fA-F]{2})[\s\S]{0,2}/.exec(text);
  if (broken !== null) {
    throw new EvaluationError('E0310', `"${broken[0]}" is no escape of a URL`, {
      hint: 'a percent sign itself is written `%25`',
    });
  }
  const bytes: number[] = [];
  const encoded = bytesFromText(text.replaceAll('+', ' '));
  for (let at = 0; at < encoded.length; at++) {
    const byte = encoded[at] ?? 0;
    if (byte !== 0x25) bytes.push(byte);
    else {
      bytes.push(Number.parseInt(String.fromCharCode(encoded[at + 1] ?? 0, encoded[at + 2] ?? 0), 16));
      at += 2;
    }
  }
  return textFromBytes(Uint8Array.from(bytes));
}
