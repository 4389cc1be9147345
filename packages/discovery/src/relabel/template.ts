import type { Match, Pattern } from './pattern.ts';

const reference = /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;

/**
 * A template with its references filled in, as Go's `Regexp.Expand`: `$1`, `${1}`, `$name`, `${name}` (the
 * longest name wins: `$1x` is `${1x}`), `$$` for a dollar. A group that took no part, or that there is not, is empty.
 */
export function expand(template: string, pattern: Pattern, match: Match): string {
  if (!template.includes('$')) return template;
  return template.replace(reference, (_, dollar?: string, braced?: string, bare?: string) =>
    dollar === undefined ? group(braced ?? bare ?? '', pattern, match) : '$',
  );
}

/** All matches in the text replaced by the expanded template, as Go's `Regexp.ReplaceAllString`. */
export function replaceAll(text: string, pattern: Pattern, template: string): string {
  let result = '';
  let end = 0;
  for (const match of pattern.matchAll(text)) {
    result += text.slice(end, match.start);
    // Go allows no empty match right behind another one.
    if (match.end > end || match.start === 0) result += expand(template, pattern, match);
    end = match.end;
  }
  return result + text.slice(end);
}

function group(name: string, pattern: Pattern, { groups }: Match): string {
  const number = /^(?:0|[1-9][0-9]{0,7})$/.test(name) ? Number(name) : pattern.names.get(name);
  return (number === undefined ? undefined : groups[number]) ?? '';
}
