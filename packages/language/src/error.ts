import type { Range } from '@pewter/syntax';

/**
 * An expected failure of evaluation or conversion: the config is wrong, not the program. `range` is the
 * sub-expression at fault, added by the innermost evaluator that knows it; `field` the field at fault of an object
 * that is converted.
 */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  readonly code: string;
  readonly range: Range | undefined;
  readonly hint: string | undefined;
  readonly field: string | undefined;

  constructor(
    code: string,
    message: string,
    options: { range?: Range; hint?: string; field?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.range = options.range;
    this.hint = options.hint;
    this.field = options.field;
  }
}

/** A function's complaint about one of its arguments, or about an element of that argument. */
export class ArgumentError extends EvaluationError {
  readonly index: number;
  readonly element: number | undefined;
  constructor(
    index: number,
    code: string,
    message: string,
    options: { element?: number; field?: string; hint?: string } = {},
  ) {
    super(code, message, {
      field: options.field,
      ...(options.hint === undefined ? {} : { hint: options.hint }),
    });
    this.index = index;
    this.element = options.element;
  }
}
