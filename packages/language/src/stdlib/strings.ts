import { simpleLower, simpleUpper } from '../case.ts';
import { joinText } from '../text.ts';
import type { FunctionValue } from '../value.ts';
import { builtin } from './builtin.ts';
import { formatFunction } from './format.ts';

const list = { list: 'string' } as const;

/** The functions of the namespace `string`. */
export const stringFunctions: readonly FunctionValue[] = [
  formatFunction('string.format'),
  builtin({ name: 'string.join', takes: ['strings', 'string'], gives: 'string' }, (parts, separator) =>
    joinText(parts.join(separator), ''),
  ),
  builtin({ name: 'string.replace', takes: ['string', 'string', 'string'], gives: 'string' }, replaceAll),
  builtin({ name: 'string.split', takes: ['string', 'string'], gives: list }, (text, separator) =>
    separator === '' ? [...text] : text.split(separator),
  ),
  builtin({ name: 'string.to_lower', takes: ['string'], gives: 'string' }, simpleLower),
  builtin({ name: 'string.to_upper', takes: ['string'], gives: 'string' }, simpleUpper),
  builtin({ name: 'string.trim', takes: ['string', 'string'], gives: 'string' }, trim),
  builtin({ name: 'string.trim_prefix', takes: ['string', 'string'], gives: 'string' }, (text, prefix) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  builtin({ name: 'string.trim_suffix', takes: ['string', 'string'], gives: 'string' }, (text, suffix) =>
    text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
  builtin({ name: 'string.trim_space', takes: ['string'], gives: 'string' }, (text) =>
    text.replace(/^\p{White_Space}+/u, '').replace(/\p{White_Space}+$/u, ''),
  ),
];

/** An empty `old` matches before each character and at the end, never inside a character. */
function replaceAll(text: string, old: string, replacement: string): string {
  if (old !== '') return text.split(old).join(replacement);
  return replacement + Array.from(text, (character) => character + replacement).join('');
}

/** A byte that is no part of a character is the same as any other such byte here, and as U+FFFD: Go sees that in its place. */
function trim(text: string, characters: string): string {
  const seen = (character: string) => (character.isWellFormed() ? character : '\ufffd');
  const cut = new Set(Array.from(characters, seen));
  const all = [...text];
  const first = all.findIndex((character) => !cut.has(seen(character)));
  const last = all.findLastIndex((character) => !cut.has(seen(character)));
  return first === -1 ? '' : all.slice(first, last + 1).join('');
}
