import type { Component, ComponentContext } from '@pewter/runtime';
import { defaultFacts, type ProcessArguments } from './process.ts';
import { joinContainers } from './process-join.ts';
import { listProcesses } from './process-list.ts';
import { refreshingComponent, type TargetSource } from './refresh-loop.ts';
import type { TargetExports } from './target-exports.ts';

/** Builds `discovery.process`; see its definition. */
export function build(
  context: ComponentContext<TargetExports>,
  args: ProcessArguments,
): Component<ProcessArguments> {
  return refreshingComponent(undefined, context, args, (current) => processSource(context, current));
}

function processSource(
  { files, logger, environment }: ComponentContext<TargetExports>,
  args: ProcessArguments,
): TargetSource {
  const facts = args.discover_config ?? defaultFacts;
  const runsHere = (environment.host?.os ?? 'linux') === 'linux';
  return {
    interval: args.refresh_interval,
    async refresh() {
      const processes = runsHere ? await listProcesses(files, facts, logger) : [];
      return { targets: joinContainers(processes, args.join ?? []) };
    },
    close: () => Promise.resolve(),
  };
}
