/** The text in upper case by Unicode's simple mappings, as Go has it: one character for one, `ß` stays. */
export function simpleUpper(text: string): string {
  return Array.from(text.toWellFormed(), (character) => simpleUpperOf(character)).join('');
}

/** The text in lower case by Unicode's simple mappings: one character for one, whatever stands around it. */
export function simpleLower(text: string): string {
  return Array.from(text.toWellFormed(), (character) => {
    const lower = character.toLowerCase();
    return isSingle(lower) ? lower : String.fromCodePoint(lower.codePointAt(0) ?? 0);
  }).join('');
}

/** Greek letters with a subscript iota, whose simple capital has it beside the letter. */
const subscriptIota = /^[\u1f80-\u1f87\u1f90-\u1f97\u1fa0-\u1fa7]$/;
const otherSubscriptIota: ReadonlyMap<string, string> = new Map([
  ['\u1fb3', '\u1fbc'],
  ['\u1fc3', '\u1fcc'],
  ['\u1ff3', '\u1ffc'],
]);

function simpleUpperOf(character: string): string {
  const upper = character.toUpperCase();
  if (isSingle(upper)) return upper;
  if (subscriptIota.test(character)) return String.fromCodePoint((character.codePointAt(0) ?? 0) + 8);
  return otherSubscriptIota.get(character) ?? character;
}

function isSingle(text: string): boolean {
  return text.length === 1 || (text.length === 2 && [...text].length === 1);
}
