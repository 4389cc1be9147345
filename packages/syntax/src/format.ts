import { Lines, Printer } from './printer.ts';
import type * as tree from './tree.ts';
import { blockName } from './walk.ts';

/** The text of a file in the reference's style (`alloy fmt`), with all comments; of files without syntax errors. */
export function format(file: tree.File): string {
  const formatter = new Formatter(file);
  formatter.body(file.body);
  return `${formatter.printer.finish()}\n`;
}

class Formatter {
  readonly printer: Printer;
  readonly #lines: Lines;
  readonly #text: string;

  constructor(file: tree.File) {
    this.#text = file.source.text;
    this.#lines = new Lines(this.#text);
    this.printer = new Printer(this.#lines, commentGroups(file, this.#lines));
  }

  /** Blocks are set apart by a blank line, attributes where the source has one. */
  body(statements: tree.Body): void {
    for (const [index, statement] of statements.entries()) {
      const previous = statements[index - 1];
      if (previous !== undefined) {
        const gap = this.#lines.at(statement.range.start) - this.#lines.at(previous.range.end - 1);
        if (statement.kind === 'block' || gap > 1) this.printer.space('\f');
      }
      if (statement.kind === 'block') this.#block(statement);
      else this.#attribute(statement);
      this.printer.space(this.#isOneLine(statement.range.start, statement.range.end - 1) ? '\n' : '\f');
    }
  }

  #isOneLine(first: number, last: number): boolean {
    return this.#lines.at(first) === this.#lines.at(last);
  }

  #attribute({ name, value }: tree.Attribute): void {
    this.printer.token(name.name, name.range.start);
    this.printer.space('\v');
    this.printer.token('=');
    this.printer.space(' ');
    this.#expression(value);
  }

  #block(block: tree.Block): void {
    this.printer.token(blockName(block), block.range.start);
    if (block.label !== undefined && block.label.value !== '') {
      this.printer.space(' ');
      this.printer.token(`"${block.label.value}"`, block.label.range.start);
    }
    this.printer.space(' ');
    this.printer.token('{', block.braces.start);
    this.printer.space('>', block.body.length > 0 ? '\f' : ' ');
    this.body(block.body);
    this.printer.space('<');
    this.printer.token('}', block.braces.end - 1);
  }

  #expression(node: tree.Expression): void {
    switch (node.kind) {
      case 'literal':
        this.printer.token(node.text, node.range.start);
        return;
      case 'identifier':
        this.printer.token(node.name, node.range.start);
        return;
      case 'array':
        this.#array(node);
        return;
      case 'object':
        this.#object(node);
        return;
      case 'access':
        this.#expression(node.object);
        this.printer.token('.');
        this.printer.token(node.name.name);
        return;
      case 'index':
        this.#expression(node.object);
        this.printer.token('[');
        this.#expression(node.index);
        this.printer.token(']', node.range.end - 1);
        return;
      case 'call':
        this.#call(node);
        return;
      case 'unary':
        this.printer.token(node.operator, node.range.start);
        this.#expression(node.operand);
        return;
      case 'binary':
        this.#binary(node);
        return;
      case 'paren':
        this.printer.token('(');
        this.#expression(node.inner);
        this.printer.token(')');
        return;
      case 'bad':
        this.printer.token(this.#text.slice(node.range.start, node.range.end), node.range.start);
        return;
    }
  }

  #binary(node: tree.Binary): void {
    this.#expression(node.left);
    this.printer.space(' ');
    this.printer.token(node.operator, node.operatorRange.start);
    this.printer.space(' ');
    this.#expression(node.right);
  }

  #array({ elements, range }: tree.ArrayExpression): void {
    this.printer.token('[', range.start);
    let previous = range.start;
    for (const [index, element] of elements.entries()) {
      const newline = !this.#isOneLine(previous, element.range.start);
      if (newline) this.printer.space('>', '\f');
      else if (index > 0) this.printer.space(' ');
      previous = element.range.end - 1;
      this.#expression(element);
      if (index + 1 < elements.length) this.printer.token(',');
      if (newline) this.printer.space('<');
    }
    if (elements.length > 0 && !this.#isOneLine(previous, range.end - 1)) {
      this.printer.token(',');
      this.printer.space('>', '\f', '<');
    }
    this.printer.token(']', range.end - 1);
  }

  #object({ fields, range }: tree.ObjectExpression): void {
    this.printer.token('{', range.start);
    this.printer.space('>');
    let previous = range.start;
    for (const [index, field] of fields.entries()) {
      const before = fields[index - 1]?.value.range;
      if (!this.#isOneLine(previous, field.nameRange.start))
        this.printer.space(before && this.#isOneLine(before.start, before.end - 1) ? '\n' : '\f');
      else if (index > 0) this.printer.space(' ');
      previous = field.nameRange.end - 1;
      this.#field(field);
      if (index + 1 < fields.length) this.printer.token(',');
    }
    if (fields.length > 0 && !this.#isOneLine(previous, range.end - 1)) {
      this.printer.token(',');
      this.printer.space('\f');
    }
    this.printer.space('<');
    this.printer.token('}', range.end - 1);
  }

  #field({ nameRange, value }: tree.ObjectField): void {
    this.printer.token(this.#text.slice(nameRange.start, nameRange.end), nameRange.start);
    this.printer.space('\v');
    this.printer.token('=');
    this.printer.space(' ');
    this.#expression(value);
  }

  #call({ callee, args, range }: tree.Call): void {
    this.#expression(callee);
    this.printer.token('(');
    let previous = this.#text.indexOf('(', callee.range.end);
    for (const [index, arg] of args.entries()) {
      const newline = !this.#isOneLine(previous, arg.range.start);
      if (newline) this.printer.space('\f', '>');
      this.#expression(arg);
      previous = arg.range.end - 1;
      if (index + 1 < args.length) {
        this.printer.token(',');
        this.printer.space(' ');
      }
      if (newline) this.printer.space('<');
    }
    if (!this.#isOneLine(previous, range.end - 1)) {
      this.printer.token(',');
      this.printer.space('\f');
    }
    this.printer.token(')');
  }
}

/** Comments with nothing between them, each on the line of the one before or the next. */
function commentGroups(file: tree.File, lines: Lines): tree.Comment[][] {
  const groups: tree.Comment[][] = [];
  let end = -1;
  for (const comment of file.comments) {
    const { range } = comment;
    const apart = end < 0 || file.source.text.slice(end, range.start).trim() !== '';
    if (apart || lines.at(range.start) > lines.at(end - 1) + 1) groups.push([]);
    groups.at(-1)?.push(comment);
    end = range.end;
  }
  return groups;
}
