import type { Controller } from './controller.ts';
import { modulesOf, showsMetrics } from './has-modules.ts';
import type { ComponentInstance } from './instance.ts';

/** Every instance whose metrics are shown, with its module: those inside of a `foreach` only where it says so. */
export function* measuredInstances(module: Controller): Iterable<readonly [Controller, ComponentInstance]> {
  for (const instance of module.instances()) {
    yield [module, instance];
    if (!showsMetrics(instance)) continue;
    for (const inner of modulesOf(instance)) yield* measuredInstances(inner);
  }
}
