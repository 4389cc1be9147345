import { hasErrors } from '@pewter/syntax';
import type { Logger } from 'pino';
import type { Controller } from './controller.ts';
import type { ReadModule } from './controller-options.ts';
import { describe, ModuleError } from './module-error.ts';
import type { ModuleInputs } from './module-values.ts';

/** Puts a module into a controller, as a whole or not at all. Throws {@link ModuleError} with what is wrong. */
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
  void controller.commit(prepared);
}
