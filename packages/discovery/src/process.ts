import {
  block,
  body,
  bool,
  capsule,
  duration,
  type Infer,
  list,
  optional,
  withDefault,
} from '@pewter/language';
import { type ComponentContext, defineComponent } from '@pewter/runtime';
import { positive } from './positive.ts';
import { joinContainers } from './process-join.ts';
import { listProcesses, type ProcessFacts } from './process-list.ts';
import { refreshingComponent, type TargetSource } from './refresh-loop.ts';
import { type TargetExports, targetExports } from './target-exports.ts';
import { targetKind } from './target-kind.ts';

const defaultFacts: ProcessFacts = {
  cwd: true,
  exe: true,
  commandline: true,
  username: false,
  uid: false,
  container_id: true,
  cgroup_path: false,
};

const processArguments = body(
  {
    join: optional(list(capsule(targetKind))),
    refresh_interval: withDefault(duration, '60s'),
    discover_config: block(
      body({
        cwd: withDefault(bool, defaultFacts.cwd),
        exe: withDefault(bool, defaultFacts.exe),
        commandline: withDefault(bool, defaultFacts.commandline),
        username: withDefault(bool, defaultFacts.username),
        uid: withDefault(bool, defaultFacts.uid),
        container_id: withDefault(bool, defaultFacts.container_id),
        cgroup_path: withDefault(bool, defaultFacts.cgroup_path),
      }),
    ),
  },
  [positive('refresh_interval')],
);

/** `discovery.process`: the processes of this machine (Linux), joined with the containers that they run in. */
export const processDiscovery = defineComponent({
  name: 'discovery.process',
  stability: 'generally-available',
  arguments: processArguments,
  exports: targetExports,
  build: (context, args) =>
    refreshingComponent(undefined, context, args, (current) => processSource(context, current)),
});

function processSource(
  { files, logger, environment }: ComponentContext<TargetExports>,
  args: Infer<typeof processArguments>,
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
