import { hasErrors } from '@pewter/syntax';
import type { Logger } from 'pino';
import type { Controller } from './controller.ts';
import type { ReadModule } from './controller-options.ts';
import { describe, ModuleError } from './module-error.ts';
import type { ModuleInputs } from './module-values.ts';

/**
 * Puts a module into a controller. Throws {@link ModuleError} with what is wrong: then nothing has changed, or all has but the
 * arguments of components that would not take theirs.
 */
export function loadModule(
  controller: Controller,
  read: ReadModule,
  inputs: ModuleInputs,
  logger: Logger,
): void {
  const prepared = controller.prepare(read, inputs);
  const diagnostics = [...prepared.config.diagnostics, ...prepared.diagnostics];
  if (hasErrors(diagnostics)) throw new ModuleError(diagnostics);
  for (const one of diagnostics) logger.warn({ code: one.code }, describe(one));
  const { failures } = controller.commit(prepared);
  if (failures.length > 0) throw new ModuleError(failures);
}
