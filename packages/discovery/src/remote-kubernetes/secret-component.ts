import { textFromBytes } from '@pewter/language';
import type { Component, ComponentContext } from '@pewter/runtime';
import type { DataExports, ObjectArguments } from './arguments.ts';
import { type ObjectKind, objectComponent } from './object-source.ts';

const secret: ObjectKind = {
  resource: 'secrets',
  word: 'secret',
  exposure: 'hidden',
  value: (raw) => textFromBytes(Buffer.from(raw, 'base64')),
};

/** Builds `remote.kubernetes.secret`; see its definition. */
export function build(
  context: ComponentContext<DataExports>,
  args: ObjectArguments,
): Component<ObjectArguments> {
  return objectComponent(secret, context, args);
}
