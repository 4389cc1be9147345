import type { CumulativeKind } from '@pewter/pprof';

/** A kind of profile that a target offers, as its block in a config names it. */
export interface ProfileType {
  /** The block's name after `profile.`. */
  readonly block: string;
  /** The `__name__` label of its profiles. */
  readonly name: string;
  readonly path: string;
  readonly enabled: boolean;
  /** Asks the target to measure for some seconds. */
  readonly delta: boolean;
}

/** The kinds with a block of their own and their defaults, as the page of pyroscope.scrape gives them. */
export const builtinTypes: readonly ProfileType[] = [
  { block: 'memory', name: 'memory', path: '/debug/pprof/allocs', enabled: true, delta: false },
  { block: 'block', name: 'block', path: '/debug/pprof/block', enabled: true, delta: false },
  { block: 'goroutine', name: 'goroutine', path: '/debug/pprof/goroutine', enabled: true, delta: false },
  { block: 'mutex', name: 'mutex', path: '/debug/pprof/mutex', enabled: true, delta: false },
  { block: 'process_cpu', name: 'process_cpu', path: '/debug/pprof/profile', enabled: true, delta: true },
  { block: 'fgprof', name: 'fgprof', path: '/debug/fgprof', enabled: false, delta: true },
  {
    block: 'godeltaprof_memory',
    name: 'memory',
    path: '/debug/pprof/delta_heap',
    enabled: false,
    delta: false,
  },
  {
    block: 'godeltaprof_mutex',
    name: 'mutex',
    path: '/debug/pprof/delta_mutex',
    enabled: false,
    delta: false,
  },
  {
    block: 'godeltaprof_block',
    name: 'block',
    path: '/debug/pprof/delta_block',
    enabled: false,
    delta: false,
  },
];

/** Kinds whose profiles count since the process began: differences of them are sent, not they themselves. */
const cumulativeKinds: readonly CumulativeKind[] = ['memory', 'mutex', 'block'];

/** Such a kind, where a block or a `__name__` label is called so. */
export function cumulativeKind(name: string): CumulativeKind | undefined {
  return cumulativeKinds.find((kind) => kind === name);
}

/** The name under which profiles of a kind are sent: that differences come from the process itself is not told. */
export function sentName(kind: string): string {
  return builtinTypes.find(({ block }) => block === kind)?.name ?? kind;
}

/** Whether each kind with a block of its own is enabled unless a config says otherwise, by the name of its block. */
export const defaultProfiles: ReadonlyMap<string, boolean> = new Map(
  builtinTypes.map(({ block, enabled }) => [block, enabled]),
);
