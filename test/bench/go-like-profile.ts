import { gzipSync } from 'node:zlib';
import { Profile, type ProfileInput, StringTable } from 'pprof-format';

/** How a kind of Go profile looks: its sample types and how many stacks a service of middling size has. */
export interface ProfileShape {
  readonly types: readonly (readonly [type: string, unit: string])[];
  readonly samples: number;
  /** Counters grow from one capture to the next. */
  readonly cumulative: boolean;
}

const contentions = [
  ['contentions', 'count'],
  ['delay', 'nanoseconds'],
] as const;

/** About 16 KB, gzipped. */
export const heap: ProfileShape = {
  types: [
    ['alloc_objects', 'count'],
    ['alloc_space', 'bytes'],
    ['inuse_objects', 'count'],
    ['inuse_space', 'bytes'],
  ],
  samples: 280,
  cumulative: true,
};

/** By the path that a Go service serves it at. */
export const shapes: Readonly<Record<string, ProfileShape>> = {
  '/debug/pprof/allocs': heap,
  '/debug/pprof/block': { types: contentions, samples: 40, cumulative: true },
  '/debug/pprof/mutex': { types: contentions, samples: 20, cumulative: true },
  '/debug/pprof/goroutine': { types: [['goroutine', 'count']], samples: 40, cumulative: false },
  '/debug/pprof/profile': {
    types: [
      ['samples', 'count'],
      ['cpu', 'nanoseconds'],
    ],
    samples: 120,
    cumulative: false,
  },
};

/** The same paths, each with heap profiles. */
export const heapOnly: typeof shapes = Object.fromEntries(Object.keys(shapes).map((path) => [path, heap]));

const depth = 12;

/**
 * A gzipped profile of this shape; `version` counts the captures of one process. The same input gives the same bytes;
 * of one `seed` a profile with more samples has those of one with fewer.
 */
export function goLikeProfile(shape: ProfileShape, version: number, seed = shape.samples): Uint8Array {
  const random = generator(seed);
  const functions = seed + 30;
  const strings = new StringTable();
  const valueType = ([type, unit]: readonly [string, string]) => ({
    type: strings.dedup(type),
    unit: strings.dedup(unit),
  });
  const growth = shape.cumulative ? version + 1 : 1;
  const profile = new Profile({
    sampleType: shape.types.map(valueType),
    sample: Array.from({ length: shape.samples }, () => ({
      locationId: Array.from({ length: depth }, () => 1 + Math.floor(random() * functions)),
      value: shape.types.map(() => Math.floor(random() * 1000) * growth),
    })),
    mapping: [{ id: 1, memoryStart: 0x400000, memoryLimit: 0x900000 }],
    ...symbols(functions, strings, generator(seed + 1)),
    stringTable: strings,
    timeNanos: BigInt(1_700_000_000 + version * 15) * 1_000_000_000n,
    periodType: valueType(['space', 'bytes']),
    period: 524_288,
  });
  return gzipSync(profile.encode());
}

/** Functions with a location each, named as a Go service of some size names them. */
function symbols(
  count: number,
  strings: StringTable,
  random: () => number,
): Pick<ProfileInput, 'function' | 'location'> {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  return {
    function: ids.map((id) => {
      const type = Math.floor(random() * 40);
      const name = `example.org/shop/internal/pkg${id % 40}.(*Type${type}).Method${id}`;
      return {
        id,
        name: strings.dedup(name),
        filename: strings.dedup(`/src/shop/internal/pkg${id % 40}/file${type}.go`),
      };
    }),
    location: ids.map((id) => ({
      id,
      mappingId: 1,
      address: 0x400000 + id * 64 + Math.floor(random() * 64),
      line: [{ functionId: id, line: 1 + Math.floor(random() * 400) }],
    })),
  };
}

/** A small linear congruential generator: the profiles are the same in every run. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
