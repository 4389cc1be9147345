import { compareText } from '@pewter/language';

/** A label of a profile: name and value. */
export interface Label {
  readonly name: string;
  readonly value: string;
}

/** The labels as a list sorted by the bytes of their names, the order in which they travel. */
export function sortedLabels(labels: Iterable<readonly [string, string]>): readonly Label[] {
  return Array.from(labels, ([name, value]) => ({ name, value })).sort((a, b) => compareText(a.name, b.name));
}

/** The first character of a label name that Pyroscope refuses, undefined for a good name (letters, digits, `_` and `.`). */
export function badLabelCharacter(name: string): string | undefined {
  return name === '' ? '' : /[^A-Za-z0-9_.]/u.exec(name)?.[0];
}

/** The labels of `own` with those of `over` in their place or added; an empty value takes a label away. */
export function overrideLabels(own: readonly Label[], over: ReadonlyMap<string, string>): readonly Label[] {
  if (over.size === 0) return own;
  const merged = new Map(own.map(({ name, value }) => [name, value]));
  for (const [name, value] of over) {
    if (value === '') merged.delete(name);
    else merged.set(name, value);
  }
  return sortedLabels(merged);
}
