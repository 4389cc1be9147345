import type { Field } from './schema.ts';
import { describeType } from './type-name.ts';

/** What to add where an argument or block is missing. */
export function missingHint(name: string, field: Field): string {
  if (field.kind === 'block') return `add \`${name}${field.labelled ? ' "a_name"' : ''} { … }\``;
  const type = describeType(field.type);
  return `add \`${name} = …\`${type === 'any' ? '' : `, ${withArticle(type)}`}`;
}

function withArticle(type: string): string {
  return /^(an? |any)/.test(type) ? type : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}
