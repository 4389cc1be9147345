import type { LogControl, Outside, Stability, Tracer } from '@pewter/runtime';
import { createLogger, Pipeline } from '@pewter/runtime/running';
import { vocabulary as allThatRuns, type Vocabulary } from '../components.ts';
import type { Host } from '../host.ts';

export interface PipelineSettings {
  readonly outside: Outside;
  readonly stability: Stability;
  readonly storagePath: string;
  /** What a config may name; all that runs here when absent. */
  readonly vocabulary?: Vocabulary;
  /** How long a stop waits for what is under way, in milliseconds; all of the program ends within a second more. */
  readonly patience?: number;
  /** Told of evaluations and of what components send. */
  readonly tracer?: Tracer;
  /** Its log; one on standard error when absent. */
  readonly logs?: LogControl;
  /** Sees to blocks that configure the program, by name; given undefined when a reload takes one out. */
  readonly settings?: Readonly<Record<string, (decoded: unknown) => void>>;
  /** Told of such a block whose values are not known. */
  readonly unsettled?: (name: string) => void;
}

/** A pipeline of all components, not loaded yet, and its log. */
export function createPipeline(
  {
    outside,
    stability,
    storagePath,
    vocabulary = allThatRuns,
    patience = 4000,
    settings = {},
    unsettled,
    tracer,
    logs: given,
  }: PipelineSettings,
  host: Host,
): { pipeline: Pipeline; logs: LogControl } {
  const logs = given ?? createLogs(outside, host);
  const configure = (name: string, decoded: unknown) => {
    const see = settings[name];
    if (see !== undefined) see(decoded);
    else if (decoded !== undefined)
      logs.logger.warn({ block: name }, 'this block is accepted and has no effect here');
  };
  const tellUnsettled = (name: string) => {
    logs.logger.warn({ block: name }, 'this block is not in force: what it says is not known');
    unsettled?.(name);
  };
  const pipeline = new Pipeline({
    ...vocabulary,
    outside,
    stability,
    storagePath,
    logs,
    patience,
    configure,
    unsettled: tellUnsettled,
    ...(tracer !== undefined && { tracer }),
  });
  return { pipeline, logs };
}

/** The log of a program: lines on standard error. */
export function createLogs({ clock }: Pick<Outside, 'clock'>, host: Host): LogControl {
  return createLogger({ destination: { write: (line: string) => void host.stderr.write(line) }, clock });
}
