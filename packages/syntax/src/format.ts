import { commentGroups } from './comment-groups.ts';
import { ExpressionFormatter, tokenBehind } from './format-expression.ts';
import { keepsTokens } from './keeps-tokens.ts';
import { Lines } from './lines.ts';
import { Printer } from './printer.ts';
import type * as tree from './tree.ts';
import { blockName } from './walk.ts';

/**
 * The text of a file in the reference's style (`alloy fmt`), with all comments; of files without syntax errors.
 * The content of a string never changes. Where a comment stands so that no layout keeps it and the code apart, such as
 * within the dotted name of a block, the text stays as it is.
 */
export function format(file: tree.File): string {
  const { text, uncertain } = print(file, false);
  if (!uncertain || keepsTokens(file.source, text)) return text;
  const exact = print(file, true).text;
  return keepsTokens(file.source, exact) ? exact : file.source.text;
}

/** `exact`: with the true place of every token, where the reference's estimate let a comment swallow or tear code. */
function print(file: tree.File, exact: boolean): { text: string; uncertain: boolean } {
  const lines = new Lines(file.source.text);
  const printer = new Printer(file.source.text, lines, commentGroups(file, lines));
  new Formatter(printer, lines, file.source.text, exact).body(file.body);
  return { text: `${printer.finish()}\n`, uncertain: printer.uncertain };
}

class Formatter {
  readonly #printer: Printer;
  readonly #lines: Lines;
  readonly #text: string;
  readonly #exact: boolean;
  readonly #expressions: ExpressionFormatter;

  constructor(printer: Printer, lines: Lines, text: string, exact: boolean) {
    this.#text = text;
    this.#exact = exact;
    this.#printer = printer;
    this.#lines = lines;
    this.#expressions = new ExpressionFormatter(printer, lines, text, exact);
  }

  /** Blocks are set apart by a blank line, attributes where the source has one. */
  body(statements: tree.Body): void {
    let previous: tree.Statement | undefined;
    for (const statement of statements) {
      const { start, end } = statement.range;
      if (previous !== undefined) {
        const gap = this.#lines.at(start) - this.#lines.at(previous.range.end - 1);
        if (statement.kind === 'block' || gap > 1) this.#printer.space('\f');
      }
      if (statement.kind === 'block') this.#block(statement);
      else this.#attribute(statement);
      this.#printer.space(this.#lines.same(start, end - 1) ? '\n' : '\f');
      previous = statement;
    }
  }

  #attribute({ name, value }: tree.Attribute): void {
    this.#printer.token(name.name, name.range.start);
    this.#printer.space('\v');
    this.#printer.token('=', this.#exact ? tokenBehind(this.#text, name.range.end) : undefined);
    this.#printer.space(' ');
    this.#expressions.write(value);
  }

  #block(block: tree.Block): void {
    const name = blockName(block);
    if (!this.#text.startsWith(name, block.range.start)) this.#printer.doubt();
    this.#printer.token(name, block.range.start);
    if (block.label !== undefined && block.label.value !== '') {
      this.#printer.space(' ');
      this.#printer.token(`"${block.label.value}"`, block.label.range.start);
    }
    this.#printer.space(' ');
    this.#printer.token('{', block.braces.start);
    this.#printer.space('>', block.body.length > 0 ? '\f' : ' ');
    this.body(block.body);
    this.#printer.space('<');
    this.#printer.token('}', block.braces.end - 1);
  }
}
