import { objectLabels } from '../kubernetes-pod.ts';
import type { Target } from '../target.ts';
import { type Fields, record, textOf } from '../untrusted.ts';
import type { Resource } from './resource.ts';

/** Finds an object that another refers to, by `namespace/name`, or `name` where it is in no namespace. */
export type Lookup = (resource: Resource, key: string) => Fields | undefined;

/** Which metadata of other objects targets get. */
export interface Attached {
  readonly node: boolean;
  readonly namespace: boolean;
}

/** What the targets of an object are made with. */
export interface RoleContext {
  readonly lookup: Lookup;
  readonly attach: Attached;
}

/** A role of the discovery as data: what it watches and how an object becomes targets. */
export interface Role {
  readonly resource: Resource;
  /** What else it needs to know in the same namespace. */
  readonly also: readonly Resource[];
  /** Begins the names of its groups. */
  readonly source: string;
  targets(object: Fields, context: RoleContext): readonly Target[];
}

/** How an object is referred to. */
export function objectKey(object: Fields): string {
  const { namespace, name } = record(object.metadata);
  const inside = textOf(namespace);
  return inside === '' ? textOf(name) : `${inside}/${textOf(name)}`;
}

/** Labels and annotations of the namespace that the object is in, where they are wanted. */
export function namespaceMetadata(object: Fields, { attach, lookup }: RoleContext): Map<string, string> {
  if (!attach.namespace) return new Map();
  const found = lookup('namespaces', textOf(record(object.metadata).namespace));
  const labels = found === undefined ? new Map<string, string>() : objectLabels('namespace', found);
  labels.delete('__meta_kubernetes_namespace_name');
  return labels;
}

/** Name, labels and annotations of a node, where they are wanted; undefined where it is not known. */
export function nodeMetadata(
  name: unknown,
  { attach, lookup }: RoleContext,
): Map<string, string> | undefined {
  if (!attach.node) return new Map();
  const found = lookup('nodes', textOf(name));
  return found && objectLabels('node', found);
}
