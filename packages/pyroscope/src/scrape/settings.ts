import type { TargetLimits } from './limits.ts';
import { builtinTypes, type ProfileType, sentName } from './profile-types.ts';
import type { TargetSettings } from './scrape-target.ts';

/** A decoded `profile.*` block. */
interface ProfileBlock {
  readonly enabled: boolean;
  readonly path: string;
  readonly delta: boolean;
}

/** The decoded `profiling_config`, as far as profile types are made from it. */
export type ProfilingBlocks = {
  readonly 'profile.custom': readonly (ProfileBlock & { readonly label: string })[];
  readonly path_prefix: string;
} & {
  readonly [block: `profile.${string}`]:
    | ProfileBlock
    | readonly (ProfileBlock & { readonly label: string })[];
};

/** The arguments that labels and URLs are made from. */
export interface TargetArguments extends Partial<TargetLimits> {
  readonly job_name: string;
  readonly params: ReadonlyMap<string, readonly string[]> | undefined;
  readonly scrape_interval: number;
  readonly delta_profiling_duration: number | undefined;
  readonly scheme: string;
  readonly profiling_config: ProfilingBlocks;
}

/** All profile types of a config. A custom block named like a built-in one takes its place. */
export function profileTypes(config: ProfilingBlocks): readonly ProfileType[] {
  const types = new Map<string, ProfileType>();
  for (const type of builtinTypes) {
    const block = config[`profile.${type.block}`];
    types.set(type.block, block && 'path' in block ? { ...type, ...pick(block) } : type);
  }
  for (const custom of config['profile.custom']) {
    types.set(custom.label, { block: custom.label, name: sentName(custom.label), ...pick(custom) });
  }
  return [...types.values()];
}

function pick({ enabled, path, delta }: ProfileBlock): ProfileBlock {
  return { enabled, path, delta };
}

function pickLimits(args: TargetArguments): TargetLimits {
  const { label_limit = 0, label_name_length_limit = 0, label_value_length_limit = 0 } = args;
  return { label_limit, label_name_length_limit, label_value_length_limit };
}

/** The settings for making targets. An omitted delta duration is one second less than the interval. */
export function targetSettings(args: TargetArguments): TargetSettings {
  const deltaMs = args.delta_profiling_duration ?? args.scrape_interval - 1000;
  return {
    jobName: args.job_name,
    scheme: args.scheme,
    pathPrefix: args.profiling_config.path_prefix,
    params: args.params ?? new Map(),
    deltaSeconds: Math.trunc(deltaMs / 1000),
    types: profileTypes(args.profiling_config),
    limits: pickLimits(args),
  };
}
