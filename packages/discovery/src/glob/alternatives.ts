import { malformed } from './glob-segment.ts';

/** `a{b,c{d,e}}` as `ab`, `acd`, `ace`. Throws an Error where a brace is not closed. */
export function alternatives(pattern: string): readonly string[] {
  const open = unescaped(pattern, '{', 0);
  if (open < 0) return [pattern];
  const choices: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === ',' && depth === 1) start = choices.push(pattern.slice(start, at)) && at + 1;
    else if (character === '}' && --depth === 0) {
      choices.push(pattern.slice(start, at));
      const rest = pattern.slice(at + 1);
      return choices.flatMap((choice) => alternatives(pattern.slice(0, open) + choice + rest));
    }
  }
  throw malformed(pattern, ': a brace is not closed');
}

function unescaped(text: string, wanted: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === wanted) return at;
  }
  return -1;
}
