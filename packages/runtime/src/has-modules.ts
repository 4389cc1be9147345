import type { Component } from './component.ts';
import type { Controller } from './controller.ts';
import type { Namespace } from './definitions.ts';
import type { ComponentInstance } from './instance.ts';

/** A component that is made of modules. */
export interface HasModules {
  modules(): readonly Controller[];
  /** Whether metrics of what is inside are shown; they are where this is absent. */
  readonly showsMetrics?: boolean;
  /** True while there is nothing of it, since the text that it is made of has not come. */
  readonly waits?: boolean;
}

/** False for an instance that keeps the metrics of its modules to itself. */
export function showsMetrics({ component }: ComponentInstance): boolean {
  const shown = component !== undefined && 'showsMetrics' in component ? component.showsMetrics : true;
  return shown !== false;
}

/** True for an instance that stands for a module of which there is nothing yet. */
export function waits({ component }: ComponentInstance): boolean {
  return component !== undefined && 'waits' in component && component.waits === true;
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
