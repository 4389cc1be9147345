import { type Fields, record, textOf } from '../untrusted.ts';
import type { TargetFeed } from '../watch-loop.ts';
import type { Resource } from './resource.ts';
import type { Attached, Lookup, Role } from './role.ts';

export interface SpaceOptions {
  readonly role: Role;
  readonly attach: Attached;
  readonly feed: TargetFeed;
}

/**
 * The objects of one namespace, or of all, and the targets made of them. Nothing is told before all kinds have been
 * listed once, so that no target ever lacks the labels of a pod that is only late.
 */
export class Space {
  readonly #options: SpaceOptions;
  readonly #objects = new Map<Resource, Map<string, Fields>>();
  readonly #pending: Set<Resource>;
  /** By what was looked up, the keys of the objects whose targets depend on it. */
  readonly #dependants = new Map<string, Set<string>>();
  readonly #lookedUp = new Map<string, readonly string[]>();

  constructor(options: SpaceOptions) {
    this.#options = options;
    this.#pending = new Set(watchedResources(options.role, options.attach));
    for (const resource of this.#pending) this.#objects.set(resource, new Map());
  }

  /** True once all kinds have been listed. */
  get complete(): boolean {
    return this.#pending.size === 0;
  }

  /** Whether the object is known. */
  has(resource: Resource, key: string): boolean {
    return this.#objects.get(resource)?.has(key) ?? false;
  }

  /** An object came, changed or, where undefined, went. */
  changed(resource: Resource, key: string, object: Fields | undefined): void {
    const objects = this.#objects.get(resource);
    if (object !== undefined && sameVersion(object, objects?.get(key))) return;
    if (object === undefined) objects?.delete(key);
    else objects?.set(key, withoutManagedFields(object));
    if (!this.complete) return;
    if (resource === this.#options.role.resource) this.#build(key);
    for (const dependant of [...(this.#dependants.get(reference(resource, key)) ?? [])])
      this.#build(dependant);
  }

  /** A kind has been listed. */
  listed(resource: Resource): void {
    if (!this.#pending.delete(resource) || !this.complete) return;
    const { role, feed } = this.#options;
    for (const key of this.#objects.get(role.resource)?.keys() ?? []) this.#build(key);
    // So that a list without objects is told as well.
    feed.set('', []);
  }

  #build(key: string): void {
    const { role, attach, feed } = this.#options;
    this.#forget(key);
    const object = this.#objects.get(role.resource)?.get(key);
    const asked = new Set<string>();
    const lookup: Lookup = (resource, other) => {
      asked.add(reference(resource, other));
      return this.#objects.get(resource)?.get(other);
    };
    const targets = object === undefined ? [] : role.targets(object, { lookup, attach });
    feed.set(`${role.source}/${key}`, targets);
    this.#lookedUp.set(key, [...asked]);
    for (const one of asked) {
      const dependants = this.#dependants.get(one) ?? new Set();
      this.#dependants.set(one, dependants.add(key));
    }
    if (object === undefined) this.#lookedUp.delete(key);
  }

  #forget(key: string): void {
    for (const one of this.#lookedUp.get(key) ?? []) {
      const dependants = this.#dependants.get(one);
      dependants?.delete(key);
      if (dependants?.size === 0) this.#dependants.delete(one);
    }
  }
}

/** All kinds of objects that a role needs to watch. */
export function watchedResources(role: Role, attach: Attached): readonly Resource[] {
  const nodes = attach.node && ['pods', 'endpoints', 'endpointslices'].includes(role.resource);
  const namespaces = attach.namespace && role.resource !== 'nodes';
  return [
    role.resource,
    ...role.also,
    ...(nodes ? (['nodes'] as const) : []),
    ...(namespaces ? (['namespaces'] as const) : []),
  ];
}

function reference(resource: Resource, key: string): string {
  return `${resource} ${key}`;
}

function sameVersion(next: Fields, last: Fields | undefined): boolean {
  const version = (object: Fields | undefined) => textOf(record(object?.metadata).resourceVersion);
  return version(next) !== '' && version(next) === version(last);
}

/** Who set which field is often the greater part of an object, and no label is made of it. */
function withoutManagedFields(object: Fields): Fields {
  const { managedFields: _, ...metadata } = record(object.metadata);
  return { ...object, metadata };
}
