import type { Location, Sample } from 'pprof-format';
import { type Numeric, type ProfileView, signed } from './profile-view.ts';

/** Counters that only grow while a process lives; the columns that become differences (as godeltaprof has them). */
const cumulativeTypes: ReadonlySet<string> = new Set([
  'alloc_objects/count',
  'alloc_space/bytes',
  'contentions/count',
  'delay/nanoseconds',
]);

/** The samples of one profile by a key that names the same stack in every profile of one process. */
export interface KeyedSamples {
  readonly samples: ReadonlyMap<string, KeyedSample>;
  /** Whether the value in a column is a growing counter. */
  readonly cumulative: readonly boolean[];
  readonly timeNanos: bigint;
}

export interface KeyedSample {
  readonly sample: Sample;
  readonly values: readonly bigint[];
}

/** What is kept between two profiles: the counters, and short numbers for locations. */
export interface DeltaBase {
  readonly values: ReadonlyMap<string, readonly bigint[]>;
  readonly locations: LocationNumbers;
  readonly timeNanos: bigint;
}

/** Numbers for locations that stay the same from one profile to the next, whatever ids the profiles give them. */
export type LocationNumbers = ReadonlyMap<string, number>;

/** Numbers the locations of a profile; known ones keep their number, those no longer used are forgotten. */
export function numberLocations(
  view: ProfileView,
  known: LocationNumbers,
): [LocationNumbers, Map<Numeric, number>] {
  const next = new Map<string, number>();
  const byId = new Map<Numeric, number>();
  let free = 0;
  for (const used of known.values()) free = Math.max(free, used + 1);
  for (const location of view.profile.location) {
    const key = locationKey(view, location);
    const number = next.get(key) ?? known.get(key) ?? free++;
    next.set(key, number);
    byId.set(location.id, number);
  }
  return [next, byId];
}

/** Keys all samples; samples of one key are added up, as one process may list a stack twice. */
export function keySamples(view: ProfileView, numbers: ReadonlyMap<Numeric, number>): KeyedSamples {
  const samples = new Map<string, KeyedSample>();
  for (const sample of view.profile.sample) {
    const key = sampleKey(view, sample, numbers);
    const values = sample.value.map(signed);
    const twin = samples.get(key);
    samples.set(key, twin ? { sample: twin.sample, values: add(twin.values, values) } : { sample, values });
  }
  return { samples, cumulative: cumulativeColumns(view), timeNanos: signed(view.profile.timeNanos) };
}

function cumulativeColumns(view: ProfileView): boolean[] {
  return view.profile.sampleType.map((type) => cumulativeTypes.has(view.typeName(type)));
}

function locationKey(view: ProfileView, location: Location): string {
  const lines = location.line.map((line) => {
    const fn = view.function(line.functionId);
    return `${view.string(fn?.name ?? 0)}\0${view.string(fn?.filename ?? 0)}\0${line.line}`;
  });
  return [location.address, ...lines].join('\n');
}

function sampleKey(view: ProfileView, sample: Sample, numbers: ReadonlyMap<Numeric, number>): string {
  const stack = sample.locationId.map((id) => numbers.get(id) ?? -1).join(',');
  if (sample.label.length === 0) return stack;
  const labels = sample.label.map((label) =>
    [view.string(label.key), view.string(label.str), label.num, view.string(label.numUnit)].join('\0'),
  );
  return `${stack}|${labels.sort().join('\n')}`;
}

function add(a: readonly bigint[], b: readonly bigint[]): bigint[] {
  return a.map((value, index) => value + (b[index] ?? 0n));
}

/** The base that a profile leaves for the next one. */
export function baseOf(keyed: KeyedSamples, locations: LocationNumbers): DeltaBase {
  const values = new Map<string, readonly bigint[]>();
  for (const [key, sample] of keyed.samples) values.set(key, sample.values);
  return { values, locations, timeNanos: keyed.timeNanos };
}

/**
 * A counter that shrank or vanished: the process behind the address is another one now. Counters of a living
 * Go process never do.
 */
export function wasReset(base: DeltaBase, keyed: KeyedSamples): boolean {
  for (const [key, before] of base.values) {
    const now = keyed.samples.get(key)?.values;
    const shrank = before.some((value, column) => keyed.cumulative[column] && value > (now?.[column] ?? 0n));
    if (shrank) return true;
  }
  return false;
}
