import type { TokenType } from 'chevrotain';
import { explain } from './explain.ts';
import * as node from './node.ts';
import { RecoveringParser, type Rule } from './recovering-parser.ts';
import * as t from './token.ts';
import type * as tree from './tree.ts';

/** The rules of what a value begins with: literals, names, lists, objects and parentheses. */
export abstract class ValueParser extends RecoveringParser {
  abstract readonly expression: Rule<tree.Expression>;

  /** The height of the expression read last. */
  protected height = 0;

  /** Made once, not for each value. */
  readonly #primaries: { ALT: () => tree.Expression }[] = [
    { ALT: () => node.literal('string', this.CONSUME(t.Text)) },
    { ALT: () => node.identifier(this.CONSUME(t.Identifier)) },
    { ALT: () => node.literal('number', this.CONSUME(t.Numeral)) },
    { ALT: () => node.literal('bool', this.CONSUME(t.Bool)) },
    { ALT: () => node.literal('null', this.CONSUME(t.Null)) },
    { ALT: () => this.SUBRULE(this.array) },
    { ALT: () => this.SUBRULE(this.object) },
    { ALT: () => this.SUBRULE(this.paren) },
  ];

  readonly primary: Rule<tree.Expression> = this.RULE('primary', () => {
    this.height = 0;
    return this.OR(this.#primaries);
  });

  readonly paren: Rule<tree.Expression> = this.RULE('paren', () => {
    const open = this.opening(t.LParen);
    const inner = this.SUBRULE(this.expression);
    const close = this.closing(t.RParen);
    return this.ACTION((): tree.Expression => ({ kind: 'paren', inner, range: node.span(open, close) }));
  });

  readonly array: Rule<tree.Expression> = this.RULE('array', () => {
    const open = this.opening(t.LBrack);
    const elements = this.SUBRULE(this.list);
    const close = this.closing(t.RBrack);
    return this.ACTION((): tree.Expression => ({ kind: 'array', elements, range: node.span(open, close) }));
  });

  /** Elements of an array or arguments of a call. */
  readonly list: Rule<tree.Expression[]> = this.RULE('list', () => {
    const elements: tree.Expression[] = [];
    let height = 0;
    this.MANY(() => {
      elements.push(this.SUBRULE(this.expression));
      height = Math.max(height, this.height);
      this.#separator();
    });
    this.height = height;
    return elements;
  });

  readonly object: Rule<tree.Expression> = this.RULE('object', () => {
    const open = this.opening(t.LCurly);
    const fields: tree.ObjectField[] = [];
    let height = 0;
    this.MANY(() => {
      fields.push(this.SUBRULE(this.field));
      height = Math.max(height, this.height);
      this.#separator();
    });
    this.height = height;
    const close = this.closing(t.RCurly);
    return this.ACTION((): tree.Expression => ({ kind: 'object', fields, range: node.span(open, close) }));
  });

  readonly field: Rule<tree.ObjectField> = this.RULE('field', () => {
    const key = this.OR([{ ALT: () => this.CONSUME(t.Identifier) }, { ALT: () => this.CONSUME(t.Text) }]);
    this.CONSUME(t.Assign);
    const value = this.SUBRULE(this.expression);
    return this.ACTION(() => node.field(key, value));
  });

  /** Elements are separated by commas; behind the last one a comma may stand. A missing one is passed over. */
  #separator(): void {
    if (this.RECORDING_PHASE) {
      this.OPTION(() => this.CONSUME(t.Comma));
      return;
    }
    const next = this.LA(1).tokenType;
    if (next === t.Comma) this.SKIP_TOKEN();
    else if (next !== this.#closerWanted()) this.#missingComma(next);
  }

  #missingComma(next: TokenType): void {
    const rule = this.open.at(-1)?.tokenType === t.LCurly ? 'object' : 'list';
    const mistake = explain(this.stuck(rule, 'Comma'));
    this.mistakes.push(mistake);
    // A quote that is missing turns what is text and what is not around, to the end of the line.
    if (mistake.code === 'E0102') this.abandon();
    // Below a dot that ends its line stands a block.
    if (mistake.code === 'E0123') this.abandon(true);
    if (mistake.code === 'E0126') this.SKIP_TOKEN();
    if (next === t.Terminator) this.SKIP_TOKEN();
    if (this.LA(1).tokenType === t.Comma) this.SKIP_TOKEN();
  }

  #closerWanted(): TokenType {
    const open = this.open.at(-1)?.tokenType;
    return open === t.LCurly ? t.RCurly : open === t.LBrack ? t.RBrack : t.RParen;
  }
}
