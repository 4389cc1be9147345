import { badLabelCharacter, type Label, sortedLabels } from './labels.ts';

/** The labels of a name, or what is wrong with it. */
export type ParsedName = { readonly labels: readonly Label[] } | { readonly problem: string };

/**
 * The labels in the `name` of an `/ingest` request: `app` or `app{key=value,other=value}`. The name itself becomes
 * `__name__`. Form and words are those of Pyroscope's SDKs: no quotes, nothing escaped, spaces around are no part.
 */
export function parseAppName(text: string): ParsedName {
  const opened = text.indexOf('{');
  const name = (opened === -1 ? text : text.slice(0, opened)).trim();
  if (opened !== -1 && !text.trimEnd().endsWith('}')) return { problem: 'a "{" without its "}"' };
  const inner = opened === -1 ? '' : text.trimEnd().slice(opened + 1, -1);
  const labels = new Map<string, string>();
  for (const pair of inner.split(',').filter((part) => part.trim() !== '')) {
    const equals = pair.indexOf('=');
    if (equals === -1) return { problem: `${JSON.stringify(pair.trim())} is no label: it has no "="` };
    const key = pair.slice(0, equals).trim();
    const bad = badLabelCharacter(key);
    if (bad !== undefined) return { problem: badKey(key, bad) };
    labels.set(key, pair.slice(equals + 1).trim());
  }
  if (name !== '') labels.set('__name__', name);
  return { labels: sortedLabels([...labels].filter(([, value]) => value !== '')) };
}

function badKey(key: string, character: string): string {
  if (key === '') return 'a label without a name';
  return `invalid label name ${JSON.stringify(key)}: ${JSON.stringify(character)} is not allowed`;
}

/**
 * The `name` that labels make, the other way round. Its first part is the service, as Pyroscope wants it, and
 * `service_name` stays a label too.
 */
export function appNameText(labels: readonly Label[]): string {
  const find = (wanted: string) => labels.find(({ name }) => name === wanted)?.value;
  const name = find('service_name') ?? find('__name__') ?? '';
  const rest = labels.filter((label) => label.name !== '__name__');
  return `${name}{${rest.map((label) => `${label.name}=${label.value}`).join(',')}}`;
}
