import { isEscapedByte } from './text.ts';

const named: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
]);

const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** The text as a string literal, with the escapes of Go's `strconv.Quote`. */
export function quote(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  return `"${Array.from(text, (character) => escapeCharacter(character, '"', false)).join('')}"`;
}

/** Like {@link quote}, with everything outside of ASCII escaped (`strconv.QuoteToASCII`). */
export function quoteAscii(text: string): string {
  return `"${Array.from(text, (character) => escapeCharacter(character, '"', true)).join('')}"`;
}

/** A code point as a character literal (`strconv.QuoteRune`). */
export function quoteRune(code: number, ascii: boolean): string {
  const valid = code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return `'${escapeCharacter(valid ? String.fromCodePoint(code) : '\ufffd', "'", ascii)}'`;
}

/** True for a character that Go prints as it is (`strconv.IsPrint`). */
export function isPrintable(character: string): boolean {
  return printable.test(character);
}

function escapeCharacter(character: string, delimiter: string, ascii: boolean): string {
  if (character === delimiter) return `\\${character}`;
  const name = named.get(character);
  if (name !== undefined) return name;
  const code = character.codePointAt(0) ?? 0;
  if (isPrintable(character) && (!ascii || code < 0x80)) return character;
  if (isEscapedByte(code)) return `\\x${hex(code - 0xdc00, 2)}`;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
