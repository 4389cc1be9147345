import type { BodySchema, Scope, Type } from '@pewter/language';
import type { Body } from '@pewter/syntax';
import { attributeValues } from './evaluate-body.ts';
import { isSkipped } from './skipped-value.ts';

/** A body without some attributes, and the names of those. */
export interface KnownPart {
  readonly body: Body;
  readonly leftOut: readonly string[];
}

/**
 * A body without the receivers that do not run here: what would be sent to them goes nowhere, and the rest holds without
 * them. That is not so of other values: a server must not do without the password that it was to ask for.
 */
export function knownPart(body: Body, { fields }: BodySchema, scope: Scope): KnownPart {
  const leftOut = Array.from(attributeValues(body, scope)).flatMap(([name, value]) => {
    const field = fields[name];
    return field?.kind === 'attribute' && isReceiver(field.type) && isSkipped(value) ? [name] : [];
  });
  return {
    body: body.filter((one) => one.kind !== 'attribute' || !leftOut.includes(one.name.name)),
    leftOut,
  };
}

function isReceiver(type: Type): boolean {
  if (typeof type === 'string') return false;
  return 'capsule' in type || ('list' in type && isReceiver(type.list));
}
