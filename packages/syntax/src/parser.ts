import type { IToken } from 'chevrotain';
import { type Decisions, decide } from './decisions.ts';
import { explain } from './explain.ts';
import { dotAbove } from './explain-dot.ts';
import { ExpressionParser } from './expression-parser.ts';
import * as node from './node.ts';
import type { Rule } from './recovering-parser.ts';
import type { Mistake } from './reporter.ts';
import {
  blockAsValue,
  checkAttributeName,
  checkLabel,
  dottedName,
  type Head,
  misread,
} from './statement-check.ts';
import * as t from './token.ts';
import type * as tree from './tree.ts';

type Grammar = ReturnType<ExpressionParser['getGAstProductions']>;

/**
 * The grammar, LL(1), with the actions that build the tree: here the rules of files, blocks and attributes. What is
 * wrong becomes a mistake: the rest of the statement is skipped and parsing goes on behind it.
 */
export class AlloyParser extends ExpressionParser {
  /** The first block whose closing brace stands further left than its beginning: it may be what lacks a brace. */
  #suspect: IToken | undefined;
  /** A block that was read as the end of the statement above it. */
  #below: tree.Block | undefined;
  #unanalysed = false;
  #grammar: Grammar | undefined;

  /** With `decisions` the grammar is not analysed; they must be those that its analysis comes to. */
  constructor(options: { readonly skipValidations: boolean; readonly decisions?: Decisions }) {
    super(options);
    if (options.decisions === undefined) this.performSelfAnalysis();
    else {
      decide(this, options.decisions);
      this.#unanalysed = true;
    }
  }

  /** What chevrotain looks up where no alternative fits: the grammar, which is analysed for the first such mistake. */
  override getGAstProductions(): Grammar {
    if (!this.#unanalysed) return super.getGAstProductions();
    this.#grammar ??= new AlloyParser({ skipValidations: true }).getGAstProductions();
    return this.#grammar;
  }

  override begin(text: string, tokens: IToken[], mistakes: Mistake[]): void {
    super.begin(text, tokens, mistakes);
    this.#suspect = undefined;
    this.#below = undefined;
  }

  readonly file: Rule<tree.Body> = this.RULE('file', () => this.SUBRULE(this.body));

  /** One expression up to the end of its line; `end` is where reading stopped. */
  readonly lone: Rule<{ expression: tree.Expression; end: number }> = this.RULE('lone', () => {
    const expression = this.recover(() => this.SUBRULE(this.expression));
    const end = this.recover(() => this.CONSUME(t.Terminator));
    const { length } = this.text;
    if (expression === undefined || end === undefined)
      return { expression: expression ?? node.bad(0, length), end: length };
    return { expression, end: end.startOffset };
  });

  readonly body: Rule<tree.Body> = this.RULE('body', () => {
    const statements: tree.Statement[] = [];
    do {
      this.MANY(() => {
        const statement = this.recover(() => this.SUBRULE(this.statement));
        if (statement !== undefined) statements.push(statement);
        if (this.#below !== undefined) statements.push(this.#below);
        this.#below = undefined;
        this.recover(() => this.#endOfStatement());
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
    this.ACTION(() => label && this.#checkStrayLabel(label));
    return { name, label: label ?? this.ACTION(() => this.#unquotedLabel()) };
  });

  readonly attribute = this.RULE('attribute', (head: Head): tree.Statement => {
    const assign = this.CONSUME(t.Assign);
    this.ACTION(() => checkAttributeName(head, this.mistakes));
    const value = this.recover(() => this.SUBRULE(this.expression));
    return this.ACTION(() => {
      if (value !== undefined) return this.#blockInDisguise(head, value) ?? node.attribute(head, value);
      const start = node.endOf(assign);
      const dot = dotAbove(this.stuck('attribute', 'Terminator'));
      if (dot !== undefined) return this.#aboveBlock(head, start, this.#nameBehind(dot.range.end));
      return node.attribute(head, node.bad(start, this.#end()));
    });
  });

  readonly block = this.RULE('block', (head: Head): tree.Block => {
    this.ACTION(() => head.label && checkLabel(head.label, this.mistakes));
    this.descend();
    const open = this.opening(t.LCurly);
    const body = this.SUBRULE(this.body);
    const close = this.#closeBlock(head, open);
    this.ascend();
    return this.ACTION(() => node.block(head, body, open, close));
  });

  /** Closes a block; at the end of the text it is closed there, so that what stands in it is not lost. */
  #closeBlock(head: Head, open: IToken): IToken {
    if (this.RECORDING_PHASE || this.LA(1).tokenType === t.RCurly) {
      const close = this.closing(t.RCurly);
      this.ACTION(() => this.#suspectBlock(head, open, close));
      return close;
    }
    this.mistakes.push(explain({ ...this.stuck('block', 'RCurly'), open: this.#suspect ?? open }));
    this.open.pop();
    return this.LA(0);
  }

  #suspectBlock(head: Head, open: IToken, close: IToken): void {
    if (this.#suspect !== undefined) return;
    if (node.closesFurtherLeft(this.text, head, close)) this.#suspect = open;
  }

  /** Statements are ended by a newline or by what ends their body; one that could not be read may have been left behind its newline. */
  #endOfStatement(): void {
    if (this.RECORDING_PHASE) this.OPTION(() => this.CONSUME(t.Terminator));
    else if (!this.#atBodyEnd() && this.LA(0).tokenType !== t.Terminator) this.CONSUME(t.Terminator);
  }

  /** A label behind which there is no block is checked too: it may be what keeps the block from being one. */
  #checkStrayLabel(label: IToken): void {
    const next = this.LA(1).tokenType;
    if (next !== t.LCurly && next !== t.Assign) checkLabel(label, this.mistakes);
  }

  /** `name label {`: the label lacks its quotes. */
  #unquotedLabel(): IToken | undefined {
    const next = this.LA(1);
    if (next.tokenType !== t.Identifier || this.LA(2).tokenType !== t.LCurly) return undefined;
    this.SKIP_TOKEN();
    return next;
  }

  /** `name = other "label" {` is a block with an `=` too many; on a later line it is one of its own, below a value that lacks its end. */
  #blockInDisguise(head: Head, value: tree.Expression): tree.Statement | undefined {
    const next = this.LA(1);
    const labelled = next.tokenType === t.Text && this.LA(2).tokenType === t.LCurly;
    if (!labelled && next.tokenType !== t.LCurly) return undefined;
    const { start } = value.range;
    const dot = dotAbove(this.stuck('attribute', 'Terminator'));
    if (dot !== undefined) {
      this.mistakes.push(dot);
      return this.#aboveBlock(head, start, this.#nameBehind(dot.range.end));
    }
    const found = misread(head, value, this.text);
    this.mistakes.push(blockAsValue(head, value, found));
    const name = found.below ? dottedName(found.name) : undefined;
    if (name !== undefined) return this.#aboveBlock(head, start, name);
    if (labelled) this.SKIP_TOKEN();
    return this.SUBRULE2(this.block, { ARGS: [{ ...head, label: undefined }] });
  }

  /** An attribute whose value, from `start`, swallowed the name of the block below it: both of them. */
  #aboveBlock(head: Head, start: number, name: readonly tree.Identifier[]): tree.Statement {
    const next = this.LA(1);
    const label = next.tokenType === t.Text ? next : undefined;
    if (label !== undefined) this.SKIP_TOKEN();
    this.#below = this.SUBRULE3(this.block, { ARGS: [{ name, label }] });
    return node.attribute(head, node.bad(start, name[0]?.range.start ?? start));
  }

  /** The dotted name that was read last, as far as it stands behind an offset. */
  #nameBehind(offset: number): tree.Identifier[] {
    const name: tree.Identifier[] = [];
    for (let back = 0; this.LA(-back).startOffset >= offset; back++) {
      if (this.LA(-back).tokenType === t.Identifier) name.unshift(node.identifier(this.LA(-back)));
    }
    return name;
  }

  #atEnd(): boolean {
    return this.LA(1).startOffset < 0;
  }

  #end(): number {
    return node.endOf(this.LA(0));
  }

  #atBodyEnd(): boolean {
    return this.#atEnd() || (this.open.length > 0 && this.LA(1).tokenType === t.RCurly);
  }

  /** Skips what cannot begin a statement; false at the end of the body. */
  #skipStray(): boolean {
    if (this.RECORDING_PHASE || this.#atBodyEnd()) return false;
    const stray = this.LA(1);
    if (stray.tokenType !== t.Terminator) {
      this.mistakes.push(explain(this.stuck('body', stray.tokenType === t.RCurly ? 'Opening' : 'Statement')));
      this.SKIP_TOKEN();
      this.skip(stray.startOffset, node.isOpening(stray) ? 1 : 0);
    }
    if (this.LA(1).tokenType === t.Terminator) this.SKIP_TOKEN();
    return true;
  }
}
