import { body, duration, type Infer, list, required, string, withDefault } from '@pewter/language';
import { defineComponent } from '@pewter/runtime';
import { refreshInterval } from './positive.ts';
import { targetExports } from './target-exports.ts';

const fileArguments = body({ files: required(list(string)), refresh_interval: withDefault(duration, '5m') }, [
  refreshInterval,
]);

/** The decoded arguments of `discovery.file`. */
export type FileArguments = Infer<typeof fileArguments>;

/** `discovery.file`: targets from files with target groups, read again when they change. */
export const fileDiscovery = defineComponent({
  name: 'discovery.file',
  stability: 'generally-available',
  arguments: fileArguments,
  exports: targetExports,
  implementation: () => import('./file-component.ts'),
});
