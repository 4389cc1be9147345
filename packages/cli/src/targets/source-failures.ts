import type { Pipeline } from '@pewter/runtime/running';
import type { Output } from '../host.ts';

/** A component that targets come from, and why it gave none. */
export interface SourceFailure {
  readonly component: string;
  readonly error: string;
}

/** Where targets and their labels may come from. */
const sources = /^(?:discovery\.(?!relabel$)|local\.|remote\.)/;

/** Whether targets may come from components of this name. */
export function isSource(name: string): boolean {
  return sources.test(name);
}

/** Says of each component that is not well why, and gives those that targets would come from or that broke. */
export function tellFailures(
  pipeline: Pick<Pipeline, 'components'>,
  command: string,
  { stderr }: Output,
): readonly SourceFailure[] {
  const ill = pipeline.components().filter(({ health }) => health.state !== 'healthy');
  return ill.flatMap(({ name, localId: component, health }) => {
    const error = health.message || 'no answer yet';
    stderr.write(`pewter ${command}: ${component}: ${error}\n`);
    return isSource(name) || health.state !== 'unknown' ? [{ component, error }] : [];
  });
}
