import type { Component } from './component.ts';
import type { Controller } from './controller.ts';
import type { Namespace } from './definitions.ts';
import type { ComponentInstance } from './instance.ts';

/** A component that is made of modules. */
export interface HasModules {
  modules(): readonly Controller[];
}

/** The modules that an instance is made of; none for a component that is one itself. */
export function modulesOf(instance: ComponentInstance): readonly Controller[] {
  const { component } = instance;
  if (component === undefined || instance.node.kind === 'component') return [];
  return 'modules' in component ? (component as Component & HasModules).modules() : [];
}

/** What an import exports besides nothing that expressions could see. */
export interface Brings {
  readonly namespace: Namespace;
}

/** What an import has brought so far. */
export function namespaceOf(instance: ComponentInstance | undefined): Namespace {
  const { component } = instance ?? {};
  return component !== undefined && 'namespace' in component
    ? (component as Component & Brings).namespace
    : 'unread';
}
