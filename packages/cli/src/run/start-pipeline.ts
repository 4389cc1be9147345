import type { LogControl, Outside, Stability } from '@pewter/runtime';
import { createLogger, Pipeline } from '@pewter/runtime/running';
import { vocabulary } from '../components.ts';
import type { Host } from '../host.ts';

export interface PipelineSettings {
  readonly outside: Outside;
  readonly stability: Stability;
  readonly storagePath: string;
}

/** How long a stop waits for what is under way, in milliseconds; all of the program ends within five seconds. */
const patience = 4000;

/** A pipeline of all components, not loaded yet, and its logs, which go to standard error. */
export function createPipeline(
  settings: PipelineSettings,
  host: Host,
): { pipeline: Pipeline; logs: LogControl } {
  const destination = { write: (line: string) => void host.stderr.write(line) };
  const logs = createLogger({ destination, clock: settings.outside.clock });
  const configure = (name: string) =>
    logs.logger.warn({ block: name }, 'this block is accepted and has no effect here');
  return { pipeline: new Pipeline({ ...vocabulary, ...settings, logs, patience, configure }), logs };
}
