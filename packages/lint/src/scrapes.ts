import type { Body } from '@pewter/syntax';
import { attributeOf, blocksOf, boolOf, textOf } from './literal.ts';
import type { Scope, ScopedBlock } from './scope.ts';

/** The `pyroscope.scrape` components of a scope. */
export function scrapesOf({ blocks }: Scope): readonly ScopedBlock[] {
  return blocks.filter(({ name }) => name === 'pyroscope.scrape');
}

/** The body of a profile's block in a scrape; undefined: it is not written. */
export function profileBody(scrape: Body, profile: string): Body | undefined {
  const config = blocksOf(scrape, 'profiling_config')[0];
  return config && blocksOf(config.body, `profile.${profile}`)[0]?.body;
}

/** Whether a scrape takes CPU profiles, which it does unless it says otherwise; undefined where that is not known. */
export function takesCpu(scrape: Body): boolean | undefined {
  const enabled = attributeOf(profileBody(scrape, 'process_cpu') ?? [], 'enabled');
  return enabled === undefined ? true : boolOf(enabled.value);
}

/** Whether a scrape takes profiles that are measured over the interval. */
export function takesDeltas(scrape: Body): boolean | undefined {
  const delta = attributeOf(profileBody(scrape, 'process_cpu') ?? [], 'delta');
  return takesCpu(scrape) && (delta === undefined ? true : boolOf(delta.value));
}

/** Where a scrape finds CPU profiles below an address; undefined where that is not known. */
export function cpuPath(scrape: Body): string | undefined {
  const config = blocksOf(scrape, 'profiling_config')[0];
  const prefix = attributeOf(config?.body ?? [], 'path_prefix');
  const path = attributeOf(profileBody(scrape, 'process_cpu') ?? [], 'path');
  const parts = [
    prefix === undefined ? '' : textOf(prefix.value),
    path === undefined ? '/debug/pprof/profile' : textOf(path.value),
  ];
  return parts.includes(undefined) ? undefined : parts.join('');
}
