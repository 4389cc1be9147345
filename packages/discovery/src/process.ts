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
import { defineComponent } from '@pewter/runtime';
import { refreshInterval } from './positive.ts';
import type { ProcessFacts } from './process-list.ts';
import { targetExports } from './target-exports.ts';
import { targetKind } from './target-kind.ts';

/** What is told of a process where the config does not say. */
export const defaultFacts: ProcessFacts = {
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
  [refreshInterval],
);

/** The decoded arguments of `discovery.process`. */
export type ProcessArguments = Infer<typeof processArguments>;

/** `discovery.process`: the processes of this machine (Linux), joined with the containers that they run in. */
export const processDiscovery = defineComponent({
  name: 'discovery.process',
  stability: 'generally-available',
  arguments: processArguments,
  exports: targetExports,
  implementation: () => import('./process-component.ts'),
});
