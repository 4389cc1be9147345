import { resolve } from 'node:path';
import type { Component, ComponentContext } from '@pewter/runtime';
import { deepGlob, type Glob } from './glob/deep-glob.ts';
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
      const outcomes = await Promise.all(
        args.path_targets.map((target) => filesOf(context, target, args.ignore_older_than)),
      );
      const failure = outcomes.find((one) => one.failure)?.failure;
      return { targets: outcomes.flatMap(({ targets }) => targets), ...(failure && { failure }) };
    },
    close: () => Promise.resolve(),
  };
}

async function filesOf(
  { files, clock }: ComponentContext<TargetExports>,
  target: Target,
  olderThan: number,
): Promise<Refreshed> {
  const wanted = globOf(target, '__path__');
  const exclusion = globOf(target, '__path_exclude__');
  const failure = wanted.failure ?? exclusion.failure;
  const paths = (await wanted.glob?.expand(files)) ?? [];
  const found = await Promise.all(
    paths.map(async (path) => {
      const facts = await files.stat(path).catch(() => undefined);
      if (facts === undefined || facts.kind === 'folder' || exclusion.glob?.matches(path)) return [];
      if (olderThan > 0 && clock.now() - facts.modified > olderThan) return [];
      return [withPath(target, resolve(path))];
    }),
  );
  return { targets: found.flat(), ...(failure && { failure }) };
}

/** A malformed pattern fits nothing. */
function globOf(target: Target, label: string): { readonly glob?: Glob; readonly failure?: Error } {
  const pattern = target.get(label);
  if (!pattern) return {};
  try {
    return { glob: deepGlob(pattern) };
  } catch (error) {
    return { failure: error as Error };
  }
}

function withPath(target: Target, path: string): Target {
  const labels = [...target].filter(([, value]) => value !== '');
  return new Target(new Map([...labels, ['__path__', path]]));
}
