import { type Scope, standardLibrary } from '@pewter/language';
import type { Stability } from '@pewter/runtime';
import { realOutside } from '@pewter/runtime/running';
import type { Host } from '../host.ts';
import { version } from '../version.ts';

/** What an expression may name: the standard library, with this machine's constants and environment. */
export function evalScope(stability: Stability, host: Host): Scope {
  return standardLibrary({
    stability,
    environment: (name) => host.env[name],
    version: `v${version}`,
    ...realOutside().environment.host,
  });
}
