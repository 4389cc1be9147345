import type { Binary, Call, Expression, Identifier, Range } from '@pewter/syntax';
import { accessField, indexInto } from './access.ts';
import { ArgumentError, EvaluationError } from './error.ts';
import { Hole } from './hole.ts';
import { literalValue } from './literal.ts';
import { OperandError } from './operand-error.ts';
import { applyBinary, applyUnary } from './operators.ts';
import { printShort } from './print.ts';
import type { Scope } from './scope.ts';
import { didYouMean } from './suggest.ts';
import { typeOf } from './type-name.ts';
import { FunctionValue, ObjectValue, type Value } from './value.ts';

/** Something to tell about an expression that is no error. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly range: Range;
}

/**
 * The value of an expression. Every sub-expression is evaluated, also the right side of `&&` and `||`.
 * Anything done to a {@link Hole} gives a hole, with a type where one is known; what cannot fit is an error
 * all the same. Throws {@link EvaluationError} with the range of the sub-expression at fault; `warn` is told
 * of deprecated functions.
 */
export function evaluate(expression: Expression, scope: Scope, warn?: (warning: Warning) => void): Value {
  return new Evaluator(scope, warn).evaluate(expression);
}

class Evaluator {
  readonly #scope: Scope;
  readonly #warn: ((warning: Warning) => void) | undefined;

  constructor(scope: Scope, warn: ((warning: Warning) => void) | undefined) {
    this.#scope = scope;
    this.#warn = warn;
  }

  evaluate(expression: Expression): Value {
    switch (expression.kind) {
      case 'literal':
        return literalValue(expression);
      case 'identifier':
        return this.#noted(this.#lookup(expression), expression.range);
      case 'paren':
        return this.evaluate(expression.inner);
      case 'array':
        return expression.elements.map((element) => this.evaluate(element));
      case 'object':
        return new ObjectValue(expression.fields.map((field) => [field.name, this.evaluate(field.value)]));
      case 'access':
        return this.#noted(accessField(this.evaluate(expression.object), expression), expression.range);
      case 'index':
        return indexInto(this.evaluate(expression.object), this.evaluate(expression.index), expression);
      case 'unary': {
        const operand = this.evaluate(expression.operand);
        return at(expression.operand.range, () => applyUnary(expression.operator, operand));
      }
      case 'binary':
        return this.#chain(expression);
      case 'call':
        return this.#call(expression);
      case 'bad':
        return new Hole();
    }
  }

  #lookup(identifier: Identifier): Value {
    const value = this.#scope.lookup(identifier.name);
    if (value !== undefined) return value;
    const likely = didYouMean(identifier.name, this.#scope.names());
    const hint = likely === undefined ? undefined : `did you mean \`${likely}\`?`;
    throw new EvaluationError('E0301', `\`${identifier.name}\` is not defined`, {
      range: identifier.range,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  /** Goes down the left sides with a loop: `a + b + c + …` may be longer than the stack is deep. */
  #chain(expression: Binary): Value {
    const spine: Binary[] = [expression];
    let first = expression.left;
    while (first.kind === 'binary') {
      spine.push(first);
      first = first.left;
    }
    return spine.reduceRight((left, one) => this.#binary(one, left), this.evaluate(first));
  }

  #binary(expression: Binary, left: Value): Value {
    const right = this.evaluate(expression.right);
    try {
      return applyBinary(expression.operator, left, right);
    } catch (error) {
      if (!(error instanceof OperandError)) throw error;
      throw withRange(error, expression[error.side].range);
    }
  }

  #call(expression: Call): Value {
    const callee = this.evaluate(expression.callee);
    if (!(callee instanceof FunctionValue) && !(callee instanceof Hole && typeOf(callee) === 'unknown')) {
      throw new EvaluationError('E0307', `${printShort(callee)} is no function and cannot be called`, {
        range: expression.callee.range,
      });
    }
    const args = expression.args.map((argument) => this.evaluate(argument));
    if (callee instanceof Hole) return new Hole();
    try {
      return callee.call(args);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const argument = error instanceof ArgumentError ? expression.args[error.index] : undefined;
      throw withRange(error, placeInArgument(error, argument) ?? expression.callee.range);
    }
  }

  /** Says what is to be said of a function where it is named. */
  #noted(value: Value, range: Range): Value {
    if (!(value instanceof FunctionValue) || value.note === undefined) return value;
    const { needsStability, replacedBy } = value.note;
    if (needsStability !== undefined) {
      throw new EvaluationError('E0311', `the function \`${value.name}\` is ${needsStability}`, {
        range,
        hint: `allow it with \`--stability.level=${needsStability}\``,
      });
    }
    if (replacedBy !== undefined) {
      const message = `the function \`${value.name}\` is deprecated`;
      this.#warn?.({ code: 'W0301', message, hint: `use \`${replacedBy}\``, range });
    }
    return value;
  }
}

/** The element of a literal list that an argument error is about, or a field of it; else the argument itself. */
function placeInArgument(error: EvaluationError, argument: Expression | undefined): Range | undefined {
  if (!(error instanceof ArgumentError) || argument === undefined) return undefined;
  const inner = argument.kind === 'paren' ? argument.inner : argument;
  const element =
    inner.kind === 'array' && error.element !== undefined ? inner.elements[error.element] : undefined;
  const field =
    element?.kind === 'object'
      ? element.fields.findLast(({ name }) => name === error.field)?.value
      : undefined;
  return (field ?? element ?? argument).range;
}

function at<T>(range: Range, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof EvaluationError ? withRange(error, range) : error;
  }
}

/** The error with a place, unless one was set further inside. */
function withRange(error: EvaluationError, range: Range): EvaluationError {
  if (error.range !== undefined) return error;
  return new EvaluationError(error.code, error.message, {
    range,
    cause: error.cause,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}
