import type { IToken } from 'chevrotain';
import * as node from './node.ts';
import { foldBinary, type Operation } from './precedence.ts';
import { MAX_DEPTH, type Rule } from './recovering-parser.ts';
import * as t from './token.ts';
import type * as tree from './tree.ts';
import { ValueParser } from './value-parser.ts';

/** The rules of expressions: operators, and what may stand behind a value. */
export class ExpressionParser extends ValueParser {
  readonly expression: Rule<tree.Expression> = this.RULE('expression', () => {
    this.descend();
    const first = this.SUBRULE(this.operand);
    let height = this.height;
    let operations: Operation[] | undefined;
    this.MANY(() => {
      const token = this.OR([{ ALT: () => this.CONSUME(t.Operator) }, { ALT: () => this.CONSUME(t.Minus) }]);
      const right = this.SUBRULE2(this.operand);
      height = Math.max(height, this.height);
      operations ??= [];
      operations.push(this.ACTION(() => node.operation(token, right)));
    });
    this.height = height;
    this.ascend();
    return operations === undefined ? first : this.ACTION(() => foldBinary(first, operations ?? []));
  });

  /** A value with its signs before it, and accesses, indexes and calls behind it. */
  readonly operand: Rule<tree.Expression> = this.RULE('operand', () => {
    let signs: IToken[] | undefined;
    this.MANY(() => {
      const sign = this.OR([{ ALT: () => this.CONSUME(t.Not) }, { ALT: () => this.CONSUME(t.Minus) }]);
      signs ??= [];
      signs.push(sign);
    });
    let value = this.SUBRULE(this.primary);
    let height = this.height + 1;
    this.MANY2(() => {
      const object = value;
      value = this.OR2([
        { ALT: () => this.SUBRULE(this.access, { ARGS: [object] }) },
        { ALT: () => this.SUBRULE(this.index, { ARGS: [object] }) },
        { ALT: () => this.SUBRULE(this.call, { ARGS: [object] }) },
      ]);
      height = this.#limit(Math.max(height, this.height) + 1);
    });
    this.height = this.#limit(height + (signs?.length ?? 0));
    return signs === undefined ? value : this.ACTION(() => signs?.reduceRight(node.wrap, value) ?? value);
  });

  readonly access = this.RULE('access', (object: tree.Expression): tree.Expression => {
    this.CONSUME(t.Dot);
    const name = this.CONSUME(t.Identifier);
    this.height = 0;
    return this.ACTION(() => node.access(object, name));
  });

  readonly index = this.RULE('index', (object: tree.Expression): tree.Expression => {
    this.opening(t.LBrack);
    const index = this.SUBRULE(this.expression);
    const close = this.closing(t.RBrack);
    return this.ACTION(() => node.index(object, index, close));
  });

  readonly call = this.RULE('call', (callee: tree.Expression): tree.Expression => {
    this.opening(t.LParen);
    const args = this.SUBRULE(this.list);
    const close = this.closing(t.RParen);
    return this.ACTION(() => node.call(callee, args, close));
  });

  #limit(height: number): number {
    if (height > MAX_DEPTH && !this.RECORDING_PHASE) this.tooDeep();
    return height;
  }
}
