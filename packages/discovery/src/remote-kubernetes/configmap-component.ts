import type { Component, ComponentContext } from '@pewter/runtime';
import type { DataExports, ObjectArguments } from './arguments.ts';
import { type ObjectKind, objectComponent } from './object-source.ts';

/** Only `data`: what `binaryData` holds is no text. */
const configMap: ObjectKind = {
  resource: 'configmaps',
  word: 'configmap',
  exposure: 'readable',
  value: (raw) => raw,
};

/** Builds `remote.kubernetes.configmap`; see its definition. */
export function build(
  context: ComponentContext<DataExports>,
  args: ObjectArguments,
): Component<ObjectArguments> {
  return objectComponent(configMap, context, args);
}
