import type { Groups, Pattern } from './pattern.ts';

const reference = /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;

/** Fills in the groups of a match. */
export type Template = (groups: Groups) => string;

/**
 * A template with its references, as Go's `Regexp.Expand`: `$1`, `${1}`, `$name`, `${name}` (the longest name wins:
 * `$1x` is `${1x}`), `$$` for a dollar. A group that took no part, or that there is not, is empty.
 */
export function compileTemplate(text: string, pattern: Pattern): Template {
  const parts: (string | readonly number[])[] = [];
  let end = 0;
  for (const { 0: whole, 1: dollar, 2: braced, 3: bare, index } of text.matchAll(reference)) {
    parts.push(text.slice(end, index));
    parts.push(dollar === undefined ? groupNumbers(braced ?? bare ?? '', pattern) : '$');
    end = index + whole.length;
  }
  parts.push(text.slice(end));
  const used = parts.filter((part) => part !== '');
  const [only = ''] = used;
  if (used.length <= 1) return typeof only === 'string' ? () => only : (groups) => filled(only, groups);
  return (groups) => {
    let result = '';
    for (const part of used) result += typeof part === 'string' ? part : filled(part, groups);
    return result;
  };
}

/** All matches in the text replaced by the filled template, as Go's `Regexp.ReplaceAllString`. */
export function replaceAll(text: string, pattern: Pattern, template: Template): string {
  let result = '';
  let end = 0;
  for (const match of pattern.matchAll(text)) {
    result += text.slice(end, match.start);
    // Go allows no empty match right behind another one.
    if (match.end > end || match.start === 0) result += template(match.groups);
    end = match.end;
  }
  return result + text.slice(end);
}

/** The groups that a reference may stand for: one by its number, all of a name. */
function groupNumbers(name: string, pattern: Pattern): readonly number[] {
  if (/^(?:0|[1-9][0-9]{0,7})$/.test(name)) return [Number(name)];
  return pattern.names.get(name) ?? [];
}

/** What the first of the groups matched that took part. */
function filled(numbers: readonly number[], groups: Groups): string {
  for (const number of numbers) {
    const text = groups[number];
    if (text !== undefined) return text;
  }
  return '';
}
