/** Unicode letters, `_`, and behind the first character Unicode decimal digits. */
const NAME = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;
const KEYWORDS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/** True when a text can be a name: of an attribute, a variable, or a block's label. */
export function isIdentifier(text: string): boolean {
  return NAME.test(text) && !KEYWORDS.has(text);
}
