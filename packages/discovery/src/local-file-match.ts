import { body, capsule, duration, type Infer, list, required, withDefault } from '@pewter/language';
import { defineComponent } from '@pewter/runtime';
import { positive } from './positive.ts';
import { targetExports } from './target-exports.ts';
import { targetKind } from './target-kind.ts';

const matchArguments = body(
  {
    path_targets: required(list(capsule(targetKind))),
    sync_period: withDefault(duration, '10s'),
    ignore_older_than: withDefault(duration, '0s'),
  },
  [positive('sync_period')],
);

/** The decoded arguments of `local.file_match`. */
export type MatchArguments = Infer<typeof matchArguments>;

/** `local.file_match`: a target for each file that fits the `__path__` of one given. */
export const localFileMatch = defineComponent({
  name: 'local.file_match',
  stability: 'generally-available',
  arguments: matchArguments,
  exports: targetExports,
  implementation: () => import('./local-file-match-component.ts'),
});
