/** The escapes of one letter, and what they stand for. */
const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

/** A well-formed escape, behind its backslash, at `lastIndex`. */
const ESCAPE = /[abfnrtv\\"]|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})/y;

/** One escape: how long it is without its backslash, and the code point or byte that it stands for. */
export interface Escape {
  readonly length: number;
  readonly value: number;
  /** Octal and `\x` escapes are bytes of UTF-8, not code points. */
  readonly isByte: boolean;
}

/** Reads the escape whose backslash stands just before `at`; undefined when there is none or it has no value. */
export function readEscape(text: string, at: number): Escape | undefined {
  ESCAPE.lastIndex = at;
  const match = ESCAPE.exec(text);
  if (match === null) return undefined;
  const [whole, octal, hex, short, long] = match;
  const simple = SIMPLE[whole];
  if (simple !== undefined) return { length: 1, value: simple.charCodeAt(0), isByte: false };
  const byte = octal === undefined ? hex : octal;
  const value = Number.parseInt(byte ?? short ?? long ?? '', octal === undefined ? 16 : 8);
  if (byte !== undefined) return value > 255 ? undefined : { length: whole.length, value, isByte: true };
  const invalid = value > 0x10ffff || (value >= 0xd800 && value < 0xe000);
  return invalid ? undefined : { length: whole.length, value, isByte: false };
}

/**
 * The value of a string literal: quotes removed, escapes undone. A raw string (backquotes) has no escapes.
 * Bytes written as escapes that are not UTF-8 together become U+FFFD; malformed escapes, which the parser has
 * reported, stay as written.
 */
export function unquote(literal: string): string {
  if (literal.startsWith('`'))
    return literal.slice(1, literal.endsWith('`') && literal.length > 1 ? -1 : undefined);
  const quote = literal[0] ?? '';
  const closed = literal.length > 1 && literal.endsWith(quote);
  const inner = literal.slice(1, closed ? -1 : undefined);
  return inner.includes('\\') ? undoEscapes(inner) : inner;
}

function undoEscapes(inner: string): string {
  let result = '';
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0)
      result += new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes));
    bytes = [];
  };
  let at = 0;
  while (at < inner.length) {
    const found = inner[at] === '\\' ? readEscape(inner, at + 1) : undefined;
    if (found?.isByte) bytes.push(found.value);
    else {
      flush();
      result += found === undefined ? (inner[at] ?? '') : String.fromCodePoint(found.value);
    }
    at += 1 + (found?.length ?? 0);
  }
  flush();
  return result;
}
