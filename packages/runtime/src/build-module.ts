import type { Component } from './component.ts';
import type { SharedOptions } from './controller-options.ts';
import type { ForeachArguments, ImportArguments, ModuleArguments } from './evaluate-node.ts';
import { ForeachComponent } from './foreach-component.ts';
import { ImportComponent } from './import-component.ts';
import { ModuleComponent } from './module-component.ts';

/** No module lies deeper than this inside of others; imports that lead to themselves end here. */
const deepest = 50;

/** Makes what a node of the language itself stands for. Throws what is wrong with it. */
export const buildModule: SharedOptions['buildModule'] = (node, context, args, shared, path): Component => {
  if (path.split('/').length > deepest)
    throw new Error(`modules lie more than ${deepest} deep inside each other`);
  switch (node.kind) {
    case 'custom':
      return new ModuleComponent(context, args as ModuleArguments, shared, path) as Component;
    case 'foreach':
      return new ForeachComponent(context, args as ForeachArguments, shared, path) as Component;
    case 'import':
      return new ImportComponent(context, args as ImportArguments, shared, path) as Component;
    case 'component':
      return shared.implementations.of(node.definition).build(context, args);
  }
};
