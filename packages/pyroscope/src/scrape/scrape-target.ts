import type { Label } from '../labels.ts';
import { badLabelCharacter, sortedLabels } from '../labels.ts';
import { version } from '../version.ts';
import { completeAddress } from './address.ts';
import { isCumulative, type ProfileType } from './profile-types.ts';
import { inferServiceName } from './service-name.ts';
import { targetHash } from './target-hash.ts';
import { joinPath, profileUrl } from './url.ts';

/** What targets are made with: the settings of a component that end in labels and URLs. */
export interface TargetSettings {
  /** Empty: no job label is added. */
  readonly jobName: string;
  readonly scheme: string;
  readonly pathPrefix: string;
  readonly params: ReadonlyMap<string, readonly string[]>;
  /** For how many seconds a profile with `delta` is measured. */
  readonly deltaSeconds: number;
  readonly types: readonly ProfileType[];
}

/** One profile of one process: what one scrape loop fetches. */
export interface ScrapeTarget {
  /** All labels, sorted; those with two leading underscores are internal. */
  readonly labels: readonly Label[];
  /** The labels that are sent, before `__delta__`. */
  readonly pushLabels: readonly Label[];
  readonly url: string;
  /** Tells loops apart and gives their phase. */
  readonly hash: bigint;
  /** The same whatever the measured seconds are: what the state of differences hangs on. */
  readonly identity: bigint;
  readonly type: ProfileType;
}

/** A target that cannot be scraped, and why. */
export interface RefusedTarget {
  readonly labels: readonly Label[];
  readonly problem: string;
}

/** What became of one discovered target. */
export type BuiltTargets =
  | { readonly targets: readonly ScrapeTarget[] }
  | { readonly refused: RefusedTarget };

/** The scrape targets of one discovered target, one for each enabled profile type. */
export function buildTargets(
  discovered: Iterable<readonly [string, string]>,
  settings: TargetSettings,
): BuiltTargets {
  const own = new Map([...discovered].filter(([, value]) => value !== ''));
  const scheme = own.get('__scheme__') ?? settings.scheme;
  const completed = completeAddress(own.get('__address__'), scheme);
  if ('problem' in completed) return refuse(own, completed.problem);
  const bad = [...own.keys()].find((name) => !isInternal(name) && badLabelCharacter(name) !== undefined);
  if (bad !== undefined) return refuse(own, badLabelProblem(bad));
  const base = baseLabels(own, settings, scheme, completed.address);
  return {
    targets: settings.types.filter(({ enabled }) => enabled).map((type) => buildTarget(base, type, settings)),
  };
}

function refuse(labels: ReadonlyMap<string, string>, problem: string): BuiltTargets {
  return { refused: { labels: sortedLabels(labels), problem } };
}

function badLabelProblem(name: string): string {
  const character = JSON.stringify(badLabelCharacter(name));
  return `invalid label name ${JSON.stringify(name)}: ${character} is not allowed; rename the label with discovery.relabel`;
}

function isInternal(name: string): boolean {
  return name.startsWith('__');
}

/** The labels that all profiles of a target share. */
function baseLabels(
  own: ReadonlyMap<string, string>,
  settings: TargetSettings,
  scheme: string,
  address: string,
): ReadonlyMap<string, string> {
  const labels = new Map(own);
  const fill = (name: string, value: string) => {
    if (value !== '' && !labels.has(name)) labels.set(name, value);
  };
  labels.set('__address__', address);
  fill('__scheme__', scheme);
  fill('__profile_path_prefix__', settings.pathPrefix);
  fill('job', settings.jobName);
  fill('instance', address);
  fill('service_name', inferServiceName(own));
  for (const [name, [first]] of settings.params) if (first) labels.set(`__param_${name}`, first);
  return labels;
}

function buildTarget(
  base: ReadonlyMap<string, string>,
  type: ProfileType,
  settings: TargetSettings,
): ScrapeTarget {
  const labels = new Map(base);
  if (!labels.has('__name__')) labels.set('__name__', type.name);
  if (!labels.has('__profile_path__')) labels.set('__profile_path__', type.path);
  const publicLabels = sortedLabels([...labels].filter(([name]) => !isInternal(name)));
  const params = paramsOf(labels, settings.params);
  const plainUrl = urlOf(labels, params);
  const url = type.delta ? urlOf(labels, withSeconds(params, settings.deltaSeconds)) : plainUrl;
  return {
    labels: sortedLabels(labels),
    pushLabels: pushLabelsOf(publicLabels, labels.get('__name__') ?? type.name),
    url,
    hash: targetHash(publicLabels, url),
    identity: targetHash(publicLabels, `${isCumulative(type)} ${plainUrl}`),
    type,
  };
}

/** The `params` argument with `__param_*` labels in the place of the first value of their name. */
function paramsOf(
  labels: ReadonlyMap<string, string>,
  params: TargetSettings['params'],
): Map<string, readonly string[]> {
  const all = new Map(params);
  for (const [label, value] of labels) {
    if (!label.startsWith('__param_')) continue;
    const name = label.slice('__param_'.length);
    all.set(name, [value, ...(all.get(name) ?? []).slice(1)]);
  }
  return all;
}

function withSeconds(
  params: ReadonlyMap<string, readonly string[]>,
  seconds: number,
): Map<string, readonly string[]> {
  return new Map(params).set('seconds', [...(params.get('seconds') ?? []), String(seconds)]);
}

function urlOf(labels: ReadonlyMap<string, string>, params: ReadonlyMap<string, readonly string[]>): string {
  const label = (name: string) => labels.get(name) ?? '';
  const path = joinPath(label('__profile_path_prefix__'), label('__profile_path__'));
  return profileUrl(label('__scheme__'), label('__address__'), path, params);
}

function pushLabelsOf(publicLabels: readonly Label[], name: string): readonly Label[] {
  const labels = new Map<string, string>([['__name__', name]]);
  for (const label of publicLabels) labels.set(label.name, label.value);
  if (!labels.has('otel.scope.name')) {
    labels.set('otel.scope.name', 'pewter/pyroscope.scrape');
    labels.set('otel.scope.version', version);
  }
  return sortedLabels(labels);
}
