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

/**
 * The kinds with a block of their own and their defaults, as the page of pyroscope.scrape gives them: the blocks of
 * `profiling_config` come from this table. `cumulative` are those that count since the process began: differences of them
 * are sent, not they themselves.
 */
const table = [
  { block: 'memory', path: '/debug/pprof/allocs', enabled: true, cumulative: true },
  { block: 'block', path: '/debug/pprof/block', enabled: true, cumulative: true },
  { block: 'goroutine', path: '/debug/pprof/goroutine', enabled: true },
  { block: 'mutex', path: '/debug/pprof/mutex', enabled: true, cumulative: true },
  { block: 'process_cpu', path: '/debug/pprof/profile', enabled: true, delta: true },
  { block: 'fgprof', path: '/debug/fgprof', enabled: false, delta: true },
  { block: 'godeltaprof_memory', name: 'memory', path: '/debug/pprof/delta_heap', enabled: false },
  { block: 'godeltaprof_mutex', name: 'mutex', path: '/debug/pprof/delta_mutex', enabled: false },
  { block: 'godeltaprof_block', name: 'block', path: '/debug/pprof/delta_block', enabled: false },
] as const satisfies readonly (Partial<ProfileType> & { readonly cumulative?: true })[];

/** The name of a kind's block after `profile.`. */
export type BuiltinBlock = (typeof table)[number]['block'];

/** The kinds with a block of their own. */
export const builtinTypes: readonly (ProfileType & { readonly block: BuiltinBlock })[] = table.map(
  (kind) => ({
    block: kind.block,
    name: 'name' in kind ? kind.name : kind.block,
    path: kind.path,
    enabled: kind.enabled,
    delta: 'delta' in kind,
  }),
);

const cumulativeKinds: readonly CumulativeKind[] = table.flatMap((kind) =>
  'cumulative' in kind ? [kind.block] : [],
);

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
