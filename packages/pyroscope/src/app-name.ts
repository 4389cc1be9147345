import { badLabelCharacter, type Label, sortedLabels } from './labels.ts';

/** The labels of a name, or what is wrong with it. */
export type ParsedName = { readonly labels: readonly Label[] } | { readonly problem: string };

/**
 * The labels in the `name` of an `/ingest` request: `app` or `app{key=value,other=value}`. The name itself becomes
 * `__name__`. Form and words are those of Pyroscope: no quotes, nothing escaped, spaces around are no part, and a
 * value ends at the first `,` or `}`.
 */
export function parseAppName(text: string): ParsedName {
  const [, given = '', inner] = /^([^{]*)(?:\{(.*))?$/s.exec(text) ?? [];
  const name = given.trim();
  const bad = /[^\w./-]/.exec(name)?.[0];
  if (name === '') return { problem: 'it names no application' };
  if (bad !== undefined) return { problem: `invalid name ${quoted(name)}: ${quoted(bad)} is not allowed` };
  const labels = new Map([['__name__', name]]);
  const problem = inner === undefined ? undefined : readLabels(inner, labels);
  return problem === undefined
    ? { labels: sortedLabels([...labels].filter(([, value]) => value !== '')) }
    : { problem };
}

/** Reads what stands behind the `{`; gives what is wrong. */
function readLabels(text: string, labels: Map<string, string>): string | undefined {
  let [rest, closed] = [text, false];
  for (;;) {
    const found = closed ? null : /^([^=}]*)=([^,}]*)([,}])(.*)$/s.exec(rest);
    if (found === null) return restProblem(rest.trim(), closed);
    const [key = '', value = '', end, behind = ''] = found.slice(1);
    const problem = keyProblem(key.trim());
    if (problem !== undefined) return problem;
    labels.set(key.trim(), value.trim());
    [rest, closed] = [behind, end === '}'];
  }
}

/** What stands behind the last label: nothing but the end. */
function restProblem(rest: string, closed: boolean): string | undefined {
  if (/^\}*$/.test(rest) && (closed || rest !== '')) return undefined;
  if (!closed && !rest.includes('}')) return 'a "{" without its "}"';
  return closed
    ? `${quoted(rest)} stands behind the end of the labels`
    : `${quoted(rest.replace(/\}.*$/s, ''))} is no label: it has no "="`;
}

function keyProblem(key: string): string | undefined {
  if (key === '') return 'a label without a name';
  const bad = badLabelCharacter(key);
  return bad === undefined ? undefined : `invalid label name ${quoted(key)}: ${quoted(bad)} is not allowed`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** The labels with the service as their name, as Pyroscope wants it of what comes over `/ingest`. */
export function namedForService(labels: readonly Label[]): readonly Label[] {
  const service = labels.find(({ name }) => name === 'service_name')?.value;
  if (!service) return labels;
  return sortedLabels([
    ['__name__', service],
    ...labels.filter(({ name }) => name !== '__name__').map(({ name, value }) => [name, value] as const),
  ]);
}

/** The `name` that labels make, the other way round. */
export function appNameText(labels: readonly Label[]): string {
  const name = labels.find((label) => label.name === '__name__')?.value ?? '';
  const rest = labels.filter((label) => label.name !== '__name__');
  return `${name}{${rest.map((label) => `${label.name}=${label.value}`).join(',')}}`;
}
