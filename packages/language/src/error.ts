import type { Range } from '@pewter/syntax';

/**
 * An expected failure of evaluation or conversion: the config is wrong, not the program. `range` is the
 * sub-expression at fault, added by the innermost evaluator that knows it.
 */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  readonly code: string;
  readonly range: Range | undefined;
  readonly hint: string | undefined;

  constructor(
    code: string,
    message: string,
    options: { range?: Range; hint?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.range = options.range;
    this.hint = options.hint;
  }
}

/** A function's complaint about one of its arguments, or about an element of that argument. */
export class ArgumentError extends EvaluationError {
  readonly index: number;
  readonly element: number | undefined;
  /** The field of that element. */
  readonly field: string | undefined;

  constructor(
    index: number,
    code: string,
    message: string,
    options: { element?: number; field?: string; hint?: string } = {},
  ) {
    super(code, message, options.hint === undefined ? {} : { hint: options.hint });
    this.index = index;
    this.element = options.element;
    this.field = options.field;
  }
}
