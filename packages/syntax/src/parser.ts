import { EmbeddedActionsParser, type IToken, isRecognitionException, type TokenType } from 'chevrotain';
import { explain } from './explain.ts';
import * as node from './node.ts';
import { foldBinary, type Operation } from './precedence.ts';
import type { Mistake } from './reporter.ts';
import { skipStatement } from './skip.ts';
import { checkAttributeName, checkLabel, type Head } from './statement-check.ts';
import * as t from './token.ts';
import type * as tree from './tree.ts';

/**
 * How high the tree of an expression, and how deep a nest of blocks, may be: readers of the tree may recurse. A chain of
 * binary operators counts as one level, however long: readers take it in a loop.
 */
export const MAX_DEPTH = 200;

type Rule<T> = (index?: number) => T;

/** Leaves what is nested too deeply; the mistake has been recorded. */
class TooDeep extends Error {}

/**
 * The grammar, LL(1), with the actions that build the tree. What is wrong becomes a mistake: the rest of the
 * statement is skipped and parsing goes on behind it.
 */
export class AlloyParser extends EmbeddedActionsParser {
  #mistakes: Mistake[] = [];
  #text = '';
  /** The brackets and braces that are open, the innermost last. */
  #open: IToken[] = [];
  /** The levels around the place being read, and the height of the expression read last. */
  #depth = 0;
  #height = 0;
  /** The first block whose closing brace stands further left than its beginning: it may be what lacks a brace. */
  #suspect: IToken | undefined;

  constructor(options: { readonly skipValidations: boolean }) {
    super([...t.vocabulary], {
      maxLookahead: 1,
      skipValidations: options.skipValidations,
      errorMessageProvider: node.expectedKind,
    });
    this.performSelfAnalysis();
  }

  /** Readies the parser for a text; mistakes are added to `mistakes`. */
  begin(text: string, tokens: IToken[], mistakes: Mistake[]): void {
    this.input = tokens;
    this.#text = text;
    this.#mistakes = mistakes;
    this.#open = [];
    this.#depth = 0;
    this.#suspect = undefined;
  }

  readonly file: Rule<tree.Body> = this.RULE('file', () => this.SUBRULE(this.body));

  /** One expression up to the end of its line; `end` is where reading stopped. */
  readonly lone: Rule<{ expression: tree.Expression; end: number }> = this.RULE('lone', () => {
    const expression = this.#recover(() => this.SUBRULE(this.expression));
    const end = this.#recover(() => this.CONSUME(t.Terminator));
    const { length } = this.#text;
    if (expression === undefined || end === undefined)
      return { expression: expression ?? node.bad(0, length), end: length };
    return { expression, end: end.startOffset };
  });

  readonly body: Rule<tree.Body> = this.RULE('body', () => {
    const statements: tree.Statement[] = [];
    do {
      this.MANY(() => {
        const statement = this.#recover(() => this.SUBRULE(this.statement));
        if (statement !== undefined) statements.push(statement);
        this.#recover(() => this.#endOfStatement());
      });
    } while (this.#skipStray());
    return statements;
  });

  readonly statement: Rule<tree.Statement> = this.RULE('statement', () => {
    const head = this.SUBRULE(this.head);
    return this.OR([
      { ALT: () => this.SUBRULE(this.attribute, { ARGS: [head] }) },
      { ALT: () => this.SUBRULE(this.block, { ARGS: [head] }) },
    ]);
  });

  readonly head: Rule<Head> = this.RULE('head', () => {
    const name = [node.identifier(this.CONSUME(t.Identifier))];
    this.MANY(() => {
      this.CONSUME(t.Dot);
      name.push(node.identifier(this.CONSUME2(t.Identifier)));
    });
    const label = this.OPTION(() => this.CONSUME(t.Text));
    return { name, label: label ?? this.ACTION(() => this.#unquotedLabel()) };
  });

  readonly attribute = this.RULE('attribute', (head: Head): tree.Statement => {
    const assign = this.CONSUME(t.Assign);
    this.ACTION(() => checkAttributeName(head, this.#mistakes));
    const value = this.#recover(() => this.SUBRULE(this.expression));
    return this.ACTION(() => {
      if (value === undefined) return node.attribute(head, node.bad(node.endOf(assign), this.#end()));
      return this.#blockInDisguise(head, value) ?? node.attribute(head, value);
    });
  });

  readonly block = this.RULE('block', (head: Head): tree.Block => {
    this.ACTION(() => head.label && checkLabel(head.label, this.#mistakes));
    this.#descend();
    const open = this.#opening(t.LCurly);
    const body = this.SUBRULE(this.body);
    const close = this.#closeBlock(head, open);
    this.#depth--;
    return this.ACTION(() => node.block(head, body, open, close));
  });

  readonly expression: Rule<tree.Expression> = this.RULE('expression', () => {
    this.#descend();
    const first = this.SUBRULE(this.operand);
    let height = this.#height;
    let operations: Operation[] | undefined;
    this.MANY(() => {
      const token = this.OR([{ ALT: () => this.CONSUME(t.Operator) }, { ALT: () => this.CONSUME(t.Minus) }]);
      const right = this.SUBRULE2(this.operand);
      height = Math.max(height, this.#height);
      operations ??= [];
      operations.push(this.ACTION(() => node.operation(token, right)));
    });
    this.#height = height;
    this.#depth--;
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
    let height = this.#height + 1;
    this.MANY2(() => {
      const object = value;
      value = this.OR2([
        { ALT: () => this.SUBRULE(this.access, { ARGS: [object] }) },
        { ALT: () => this.SUBRULE(this.index, { ARGS: [object] }) },
        { ALT: () => this.SUBRULE(this.call, { ARGS: [object] }) },
      ]);
      height = this.#limit(Math.max(height, this.#height) + 1);
    });
    this.#height = this.#limit(height + (signs?.length ?? 0));
    return signs === undefined ? value : this.ACTION(() => signs?.reduceRight(node.wrap, value) ?? value);
  });

  readonly access = this.RULE('access', (object: tree.Expression): tree.Expression => {
    this.CONSUME(t.Dot);
    const name = this.CONSUME(t.Identifier);
    this.#height = 0;
    return this.ACTION(() => node.access(object, name));
  });

  readonly index = this.RULE('index', (object: tree.Expression): tree.Expression => {
    this.#opening(t.LBrack);
    const index = this.SUBRULE(this.expression);
    const close = this.#closing(t.RBrack);
    return this.ACTION(() => node.index(object, index, close));
  });

  readonly call = this.RULE('call', (callee: tree.Expression): tree.Expression => {
    this.#opening(t.LParen);
    const args = this.SUBRULE(this.list);
    const close = this.#closing(t.RParen);
    return this.ACTION(() => node.call(callee, args, close));
  });

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
    this.#height = 0;
    return this.OR(this.#primaries);
  });

  readonly paren: Rule<tree.Expression> = this.RULE('paren', () => {
    const open = this.#opening(t.LParen);
    const inner = this.SUBRULE(this.expression);
    const close = this.#closing(t.RParen);
    return this.ACTION((): tree.Expression => ({ kind: 'paren', inner, range: node.span(open, close) }));
  });

  readonly array: Rule<tree.Expression> = this.RULE('array', () => {
    const open = this.#opening(t.LBrack);
    const elements = this.SUBRULE(this.list);
    const close = this.#closing(t.RBrack);
    return this.ACTION((): tree.Expression => ({ kind: 'array', elements, range: node.span(open, close) }));
  });

  /** Elements of an array or arguments of a call. */
  readonly list: Rule<tree.Expression[]> = this.RULE('list', () => {
    const elements: tree.Expression[] = [];
    let height = 0;
    this.MANY(() => {
      elements.push(this.SUBRULE(this.expression));
      height = Math.max(height, this.#height);
      this.#separator();
    });
    this.#height = height;
    return elements;
  });

  readonly object: Rule<tree.Expression> = this.RULE('object', () => {
    const open = this.#opening(t.LCurly);
    const fields: tree.ObjectField[] = [];
    let height = 0;
    this.MANY(() => {
      fields.push(this.SUBRULE(this.field));
      height = Math.max(height, this.#height);
      this.#separator();
    });
    this.#height = height;
    const close = this.#closing(t.RCurly);
    return this.ACTION((): tree.Expression => ({ kind: 'object', fields, range: node.span(open, close) }));
  });

  readonly field: Rule<tree.ObjectField> = this.RULE('field', () => {
    const key = this.OR([{ ALT: () => this.CONSUME(t.Identifier) }, { ALT: () => this.CONSUME(t.Text) }]);
    this.CONSUME(t.Assign);
    const value = this.SUBRULE(this.expression);
    return this.ACTION(() => node.field(key, value));
  });

  #opening(kind: TokenType): IToken {
    const token = this.CONSUME(kind);
    if (!this.RECORDING_PHASE) this.#open.push(token);
    return token;
  }

  #closing(kind: TokenType): IToken {
    const token = this.CONSUME(kind);
    this.#open.pop();
    return token;
  }

  /** Closes a block; at the end of the text it is closed there, so that what stands in it is not lost. */
  #closeBlock(head: Head, open: IToken): IToken {
    if (this.RECORDING_PHASE || this.LA(1).tokenType === t.RCurly) {
      const close = this.#closing(t.RCurly);
      this.ACTION(() => this.#suspectBlock(head, open, close));
      return close;
    }
    this.#mistakes.push(explain({ ...this.#stuck('block', 'RCurly'), open: this.#suspect ?? open }));
    this.#open.pop();
    return this.LA(0);
  }

  #suspectBlock(head: Head, open: IToken, close: IToken): void {
    if (this.#suspect !== undefined) return;
    if (node.closesFurtherLeft(this.#text, head, close)) this.#suspect = open;
  }

  /** Statements are ended by a newline or by what ends their body. */
  #endOfStatement(): void {
    if (this.RECORDING_PHASE) this.OPTION(() => this.CONSUME(t.Terminator));
    else if (!this.#atBodyEnd()) this.CONSUME(t.Terminator);
  }

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
    const rule = this.#open.at(-1)?.tokenType === t.LCurly ? 'object' : 'list';
    const mistake = explain(this.#stuck(rule, 'Comma'));
    this.#mistakes.push(mistake);
    if (mistake.code === 'E0126') this.SKIP_TOKEN();
    if (next === t.Terminator) this.SKIP_TOKEN();
    if (this.LA(1).tokenType === t.Comma) this.SKIP_TOKEN();
  }

  #closerWanted(): TokenType {
    const open = this.#open.at(-1)?.tokenType;
    return open === t.LCurly ? t.RCurly : open === t.LBrack ? t.RBrack : t.RParen;
  }

  /** `name label {`: the label lacks its quotes. */
  #unquotedLabel(): IToken | undefined {
    const next = this.LA(1);
    if (next.tokenType !== t.Identifier || this.LA(2).tokenType !== t.LCurly) return undefined;
    this.SKIP_TOKEN();
    return next;
  }

  /** `name = other "label" {` is a block with an `=` too many. */
  #blockInDisguise(head: Head, value: tree.Expression): tree.Statement | undefined {
    const next = this.LA(1);
    const labelled = next.tokenType === t.Text && this.LA(2).tokenType === t.LCurly;
    if (!labelled && next.tokenType !== t.LCurly) return undefined;
    this.#mistakes.push({
      code: 'E0115',
      message: 'a block cannot be the value of an attribute',
      range: value.range,
      hint: `remove "${head.name[0]?.name ?? ''} =" to write a block, or refer to a component by its name and label`,
    });
    if (labelled) this.SKIP_TOKEN();
    return this.SUBRULE2(this.block, { ARGS: [{ ...head, label: undefined }] });
  }

  #descend(): void {
    if (this.RECORDING_PHASE) return;
    if (++this.#depth > MAX_DEPTH) this.#tooDeep();
  }

  #limit(height: number): number {
    if (height > MAX_DEPTH && !this.RECORDING_PHASE) this.#tooDeep();
    return height;
  }

  #tooDeep(): never {
    this.#mistakes.push({
      code: 'E0130',
      message: `this is nested more than ${MAX_DEPTH} levels deep`,
      range: node.rangeOf(this.LA(0)),
      hint: 'split it over several attributes, blocks or modules',
    });
    throw new TooDeep();
  }

  /** Runs a part of a statement; on a mistake reports it and skips to the statement's end. */
  #recover<T>(parse: () => T): T | undefined {
    if (this.RECORDING_PHASE) return parse();
    const open = this.#open.length;
    const depth = this.#depth;
    const start = this.LA(1).startOffset;
    try {
      return parse();
    } catch (error) {
      if (error instanceof Error && isRecognitionException(error)) this.#report(error);
      else if (!(error instanceof TooDeep)) throw error;
      skipStatement(this.#skipper, this.#text, start, this.#open.length - open);
      this.#open.length = open;
      this.#depth = depth;
      return undefined;
    }
  }

  #report(error: ReturnType<typeof isRecognitionException> extends boolean ? Error : never): void {
    const { context } = error as unknown as { context: { ruleStack: string[] } };
    this.#mistakes.push(explain(this.#stuck(context.ruleStack.at(-1) ?? '', error.message)));
    this.errors = [];
  }

  #stuck(rule: string, expected: string) {
    const open = this.#open.at(-1);
    return {
      rule,
      expected,
      actual: this.LA(1),
      previous: this.LA(0),
      beforePrevious: this.LA(-1),
      open,
      text: this.#text,
    };
  }

  readonly #skipper = { peek: () => this.LA(1), skip: () => void this.SKIP_TOKEN() };

  #atEnd(): boolean {
    return this.LA(1).startOffset < 0;
  }

  #end(): number {
    return node.endOf(this.LA(0));
  }

  #atBodyEnd(): boolean {
    return this.#atEnd() || (this.#open.length > 0 && this.LA(1).tokenType === t.RCurly);
  }

  /** Skips what cannot begin a statement; false at the end of the body. */
  #skipStray(): boolean {
    if (this.RECORDING_PHASE || this.#atBodyEnd()) return false;
    const stray = this.LA(1);
    if (stray.tokenType !== t.Terminator) {
      this.#mistakes.push(
        explain(this.#stuck('body', stray.tokenType === t.RCurly ? 'Opening' : 'Statement')),
      );
      this.SKIP_TOKEN();
      skipStatement(this.#skipper, this.#text, stray.startOffset, node.isOpening(stray) ? 1 : 0);
    }
    if (this.LA(1).tokenType === t.Terminator) this.SKIP_TOKEN();
    return true;
  }
}
