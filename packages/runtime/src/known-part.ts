import type { Scope } from '@pewter/language';
import type { Body, Statement } from '@pewter/syntax';
import { attributeValues } from './evaluate-body.ts';
import { isSkipped } from './skipped-value.ts';

/** A body without the attributes whose values will not be known, and the names of those. */
export interface KnownPart {
  readonly body: Body;
  readonly leftOut: readonly string[];
}

/** What of a body can be had while something that it refers to does not run. */
export function knownPart(body: Body, scope: Scope): KnownPart {
  const unknown = new Set(
    Array.from(attributeValues(body, scope)).flatMap(([name, value]) => (isSkipped(value) ? [name] : [])),
  );
  const leftOut = [...unknown];
  const kept = body.flatMap((one): Statement[] => {
    if (one.kind === 'attribute') return unknown.has(one.name.name) ? [] : [one];
    const inner = knownPart(one.body, scope);
    leftOut.push(...inner.leftOut);
    return [{ ...one, body: inner.body }];
  });
  return { body: kept, leftOut };
}
