import { EvaluationError } from '../error.ts';

/** The complaint about a text that is no YAML. */
export function noYaml(why: string, options: { hint?: string; cause?: unknown } = {}): EvaluationError {
  return new EvaluationError('E0310', `the text is no YAML: ${why}`, options);
}
