import type { Stability } from './component.ts';

/** All stability levels, the strictest first: what a level allows is itself and all before it. */
export const stabilityLevels: readonly Stability[] = [
  'generally-available',
  'public-preview',
  'experimental',
];

/** True when a config that is run at level `allowed` may use what is as settled as `needed`. */
export function permits(allowed: Stability, needed: Stability): boolean {
  return stabilityLevels.indexOf(needed) <= stabilityLevels.indexOf(allowed);
}
