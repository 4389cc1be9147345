import { type Scope, standardLibrary } from '@pewter/language';
import type { Stability } from './component.ts';
import type { Outside } from './outside.ts';

/** The standard library; without an outside, whatever depends on the machine is a hole. */
export function standardScope(outside: Outside | undefined, stability: Stability): Scope {
  if (outside === undefined) return standardLibrary({ stability });
  const { environment } = outside;
  return standardLibrary({ stability, environment: (name) => environment.get(name), ...environment.host });
}

const everything = standardScope(undefined, 'experimental');

/** True for a name that the standard library defines. */
export function isStandardName(name: string): boolean {
  return everything.lookup(name) !== undefined;
}
