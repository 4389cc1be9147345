import { resolve } from 'node:path';
import type { Component, ComponentContext } from '@pewter/runtime';
import { deepGlob } from './glob/glob.ts';
import type { MatchArguments } from './local-file-match.ts';
import { type Refreshed, refreshingComponent, type TargetSource } from './refresh-loop.ts';
import { Target } from './target.ts';
import type { TargetExports } from './target-exports.ts';

/** Builds `local.file_match`; see its definition. */
export function build(
  context: ComponentContext<TargetExports>,
  args: MatchArguments,
): Component<MatchArguments> {
  return refreshingComponent(undefined, context, args, (current) => matchSource(context, current));
}

function matchSource(context: ComponentContext<TargetExports>, args: MatchArguments): TargetSource {
  return {
    interval: args.sync_period,
    async refresh(): Promise<Refreshed> {
      const outcomes = await Promise.allSettled(
        args.path_targets.map((target) => filesOf(context, target, args.ignore_older_than)),
      );
      const targets = outcomes.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
      const failed = outcomes.find((one) => one.status === 'rejected');
      return { targets, ...(failed && { failure: failed.reason as Error }) };
    },
    close: () => Promise.resolve(),
  };
}

async function filesOf(
  { files, clock }: ComponentContext<TargetExports>,
  target: Target,
  olderThan: number,
): Promise<readonly Target[]> {
  const excluded = target.get('__path_exclude__');
  const exclusion = excluded ? deepGlob(excluded) : undefined;
  const paths = await deepGlob(target.get('__path__') ?? '').expand(files);
  const found = await Promise.all(
    paths.map(async (path) => {
      const facts = await files.stat(path).catch(() => undefined);
      if (facts === undefined || facts.kind === 'folder' || exclusion?.matches(path)) return [];
      if (olderThan > 0 && clock.now() - facts.modified > olderThan) return [];
      return [withPath(target, resolve(path))];
    }),
  );
  return found.flat();
}

function withPath(target: Target, path: string): Target {
  const labels = [...target].filter(([, value]) => value !== '');
  return new Target(new Map([...labels, ['__path__', path]]));
}
