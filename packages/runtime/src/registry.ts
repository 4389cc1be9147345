import type { ComponentDefinition } from './component.ts';

/** The components that a config may use, by name. */
export type ComponentRegistry = ReadonlyMap<string, ComponentDefinition>;

/** A registry of these definitions; a later one of a name replaces an earlier one. */
export function registryOf(definitions: Iterable<ComponentDefinition>): ComponentRegistry {
  return new Map([...definitions].map((definition) => [definition.name, definition]));
}
