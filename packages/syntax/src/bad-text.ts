import type { Mistake } from './reporter.ts';

/** Quick, since almost no text has any of it. */
const SUSPICIOUS = /[\0\uFEFF\uD800-\uDFFF]/;
const BAD_TEXT = /\0|(?!^)\uFEFF|[\uD800-\uDFFF]/gu;
/** A binary file would otherwise give millions. */
const LIMIT = 1000;

const NAMES: Readonly<Record<string, string>> = {
  '\0': 'a NUL character',
  '\uFEFF': 'a byte order mark behind its beginning',
};

/** What no text may hold, wherever it stands, strings and comments included. */
export function badText(text: string): Mistake[] {
  if (!SUSPICIOUS.test(text)) return [];
  const found: Mistake[] = [];
  for (const { index, 0: character } of text.matchAll(BAD_TEXT)) {
    found.push({
      code: 'E0104',
      message: `the text holds ${NAMES[character] ?? 'a byte that is not UTF-8'}`,
      range: { start: index, end: index + 1 },
      hint: 'save the file as UTF-8 text',
    });
    if (found.length > LIMIT) break;
  }
  return found;
}

/** Whether `badText` has reported this character. */
export function isBadText(character: string): boolean {
  return /^(?:\0|\uFEFF|[\uD800-\uDFFF])$/u.test(character);
}
