import type { CumulativeKind } from '@pewter/pprof';
import { addLabels, isInternal, type Label, sortedLabels } from '../labels.ts';
import { completeAddress, schemeProblem, shownAddress } from './address.ts';
import { overLimit, type TargetLimits } from './limits.ts';
import { cumulativeKind, type ProfileType, sentName } from './profile-types.ts';
import { targetHasher } from './target-hash.ts';
import { baseLabels, labelProblem, pushLabelsOf } from './target-labels.ts';
import { paramsOf, urlOf, withSeconds } from './target-url.ts';

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
  /** None where absent. */
  readonly limits?: TargetLimits;
}

/** One profile of one process: what one scrape loop fetches. */
export interface ScrapeTarget {
  /** All labels, sorted; those with two leading underscores are internal. */
  readonly labels: readonly Label[];
  /** The labels that are sent, before `__delta__`. */
  readonly pushLabels: readonly Label[];
  readonly url: string;
  /** The same without the seconds of a profile that is measured. */
  readonly plainUrl: string;
  /** Tells loops apart and gives their phase. */
  readonly hash: bigint;
  /** The same whatever the measured seconds are: what the state of differences hangs on. */
  readonly identity: bigint;
  readonly type: ProfileType;
  /** As what it counts since the process began, so that differences of it are sent; undefined where it does not. */
  readonly cumulative: CumulativeKind | undefined;
  /** Whether the process measures for some seconds before it answers. */
  readonly measured: boolean;
}

/** One profile of a process that cannot be scraped, and why; an address that is none has no password in it. */
export interface RefusedTarget {
  readonly labels: readonly Label[];
  /** Empty where not even that can be made. */
  readonly url: string;
  readonly problem: string;
}

/** What became of one discovered target. */
export interface BuiltTargets {
  readonly targets: readonly ScrapeTarget[];
  readonly refused: readonly RefusedTarget[];
}

/** The scrape targets of one discovered target, one for each enabled profile type; all of them or none is refused. */
export function buildTargets(
  discovered: Iterable<readonly [string, string]>,
  settings: TargetSettings,
): BuiltTargets {
  const own = new Map([...discovered].filter(([, value]) => value !== ''));
  const scheme = own.get('__scheme__') ?? settings.scheme;
  const { address, problem: wrong } = completeAddress(own.get('__address__'), scheme);
  const given = own.get('__address__');
  if (wrong !== undefined && given !== undefined) own.set('__address__', shownAddress(given));
  if (address === undefined)
    return { targets: [], refused: [{ labels: sortedLabels(own), url: '', problem: wrong }] };
  const base = baseLabels(own, settings, scheme, wrong === undefined ? address : shownAddress(address));
  const enabled = settings.types.filter((type) => type.enabled);
  const targets = buildAll(base, enabled, settings);
  const problem = wrong ?? schemeProblem(scheme) ?? labelProblem(own) ?? limitProblem(base, settings);
  if (problem === undefined) return { targets, refused: [] };
  return { targets: [], refused: targets.map(({ labels, url }) => ({ labels, url, problem })) };
}

function limitProblem(base: ReadonlyMap<string, string>, { limits }: TargetSettings): string | undefined {
  if (limits === undefined) return undefined;
  return overLimit(sortedLabels([...base].filter(([name]) => !isInternal(name))), limits);
}

/** What is public is the same for all types, and hashed once. */
function buildAll(
  base: ReadonlyMap<string, string>,
  types: readonly ProfileType[],
  settings: TargetSettings,
): readonly ScrapeTarget[] {
  const publicLabels = sortedLabels([...base].filter(([name]) => !isInternal(name)));
  const hashOf = targetHasher(publicLabels);
  const params = paramsOf(base, settings.params);
  const withTime = paramsOf(base, withSeconds(settings.params, settings.deltaSeconds));
  const shared = sortedLabels([...base].filter(([name]) => name !== '__name__'));
  return types.map((type) => {
    const kind = kindOf(base, type, settings.types);
    const own = base.get('__profile_path__');
    const path = own ?? type.path;
    const labels = addLabels(shared, typeLabels(sentName(kind.name), own === undefined ? path : ''));
    const plainUrl = urlOf(base, path, params);
    const url = kind.delta ? urlOf(base, path, withTime) : plainUrl;
    const cumulative = cumulativeKind(kind.name);
    return {
      labels,
      pushLabels: pushLabelsOf(labels),
      url,
      plainUrl,
      hash: hashOf(url),
      identity: hashOf(`${cumulative ?? ''} ${plainUrl}`),
      type,
      cumulative,
      measured: kind.delta || settings.params.has('seconds'),
    };
  });
}

/** What the kind of profile adds to the labels of its target, the path only where it says one. */
function typeLabels(name: string, path: string): readonly Label[] {
  const labels = [{ name: '__name__', value: name }];
  return path === '' ? labels : [...labels, { name: '__profile_path__', value: path }];
}

/** What kind of profile is fetched: that of its block, unless the target says by `__name__` that it is another. */
function kindOf(
  base: ReadonlyMap<string, string>,
  { block, delta }: ProfileType,
  all: readonly ProfileType[],
): { readonly name: string; readonly delta: boolean } {
  const name = base.get('__name__');
  if (name === undefined) return { name: block, delta };
  return { name, delta: all.find((type) => type.block === name)?.delta ?? false };
}
