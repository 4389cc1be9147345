import type { ObjectField } from './tree.ts';

/** What Go's %q, with which the reference writes keys, leaves as it is. */
const PLAIN = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u;

/**
 * The key of a field as the reference writes it: in double quotes, also when it stood in backquotes. The reference
 * escapes what it has not unescaped, which changes the key; such a key stays as it is written.
 */
export function keyText(field: ObjectField, text: string): string {
  const written = text.slice(field.nameRange.start, field.nameRange.end);
  const changes = written.length <= 2 || /["\\]/.test(field.name) || !PLAIN.test(field.name);
  return field.quoted && !changes ? `"${field.name}"` : written;
}
