import { compareText } from '@pewter/language';

/** A label of a profile: name and value. */
export interface Label {
  readonly name: string;
  readonly value: string;
}

/** The labels as a list sorted by the bytes of their names, the order in which they travel. */
export function sortedLabels(labels: Iterable<readonly [string, string]>): readonly Label[] {
  return Array.from(labels, ([name, value]) => ({ name, value })).sort(byName);
}

/** The labels and those that are added, sorted. Of the same objects, since thousands of lists may have most labels in common. */
export function addLabels(labels: readonly Label[], added: readonly Label[]): readonly Label[] {
  return [...labels, ...added].sort(byName);
}

function byName(a: Label, b: Label): number {
  return compareText(a.name, b.name);
}

/** The labels for people: `{a="1", b="2"}`. */
export function labelsText(labels: readonly Label[]): string {
  return `{${labels.map(({ name, value }) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;
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

/** Whether a label stays inside, unless the rules make another one of it. */
export function isInternal(name: string): boolean {
  return name.startsWith('__');
}

const sentInternals = new Set(['__name__', '__delta__']);

/** The labels that leave the program: internal ones stay, except for the two that a server knows. */
export function sentLabels(labels: readonly Label[]): readonly Label[] {
  const stays = ({ name }: Label) => isInternal(name) && !sentInternals.has(name);
  return labels.some(stays) ? labels.filter((label) => !stays(label)) : labels;
}

/** Why a server would refuse a profile with these labels; undefined where it takes them. One without a service is called `unspecified` there. */
export function refusedLabels(labels: readonly Label[]): string | undefined {
  if (labels.length === 0) return 'there are none, and a service_name is needed';
  const bad = labels.find(({ name }) => badLabelCharacter(name) !== undefined);
  if (bad === undefined) return undefined;
  const character = JSON.stringify(badLabelCharacter(bad.name));
  return `invalid label name ${JSON.stringify(bad.name)}: ${character} is not allowed`;
}
