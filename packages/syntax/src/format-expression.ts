import { keyText } from './format-key.ts';
import type { Lines } from './lines.ts';
import type { Printer } from './printer.ts';
import type { Range } from './source.ts';
import type * as tree from './tree.ts';

/** White space and comments. */
const GAP = /(?:[ \t\r\n]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;

/** Writes expressions to a printer. */
export class ExpressionFormatter {
  readonly #printer: Printer;
  readonly #lines: Lines;
  readonly #text: string;
  /** Whether the printer is told the place of every token; the reference leaves some to a guess. */
  readonly #exact: boolean;

  constructor(printer: Printer, lines: Lines, text: string, exact: boolean) {
    this.#exact = exact;
    this.#printer = printer;
    this.#lines = lines;
    this.#text = text;
  }

  write(node: tree.Expression): void {
    switch (node.kind) {
      case 'literal':
        this.#literal(node);
        return;
      case 'identifier':
        this.#printer.token(node.name, node.range.start);
        return;
      case 'array':
        this.#array(node);
        return;
      case 'object':
        this.#object(node);
        return;
      case 'access':
        this.#access(node);
        return;
      case 'index':
        this.#index(node);
        return;
      case 'call':
        this.#call(node);
        return;
      case 'unary':
        this.#printer.token(node.operator, node.range.start);
        this.write(node.operand);
        return;
      case 'binary':
        this.#binary(node);
        return;
      case 'paren':
        this.#guessed('(', () => node.range.start);
        this.write(node.inner);
        this.#guessed(')', () => node.range.end - 1);
        return;
      case 'bad':
        this.#printer.string(this.#text.slice(node.range.start, node.range.end), node.range.start);
        return;
    }
  }

  #literal({ literal, text, range }: tree.Literal): void {
    if (literal === 'string') this.#printer.string(text, range.start);
    else if (literal === 'number') this.#printer.number(text, range.start);
    else this.#printer.token(text, range.start);
  }

  #access({ object, name }: tree.Access): void {
    this.write(object);
    this.#guessed('.', () => tokenBehind(this.#text, object.range.end));
    this.#guessed(name.name, () => name.range.start);
  }

  #index({ object, index, range }: tree.Index): void {
    this.write(object);
    this.#printer.token('[', tokenBehind(this.#text, object.range.end));
    this.write(index);
    this.#printer.token(']', range.end - 1);
  }

  /** Operands and operators in the order of the source; a long chain of operators is deep as a tree, so no recursion. */
  #binary(node: tree.Binary): void {
    const waiting: tree.Binary[] = [];
    for (let next: tree.Expression = node; ; ) {
      while (next.kind === 'binary') {
        waiting.push(next);
        next = next.left;
      }
      this.write(next);
      const parent = waiting.pop();
      if (parent === undefined) return;
      this.#printer.space(' ');
      this.#printer.token(parent.operator, parent.operatorRange.start);
      this.#printer.space(' ');
      next = parent.right;
    }
  }

  #array({ elements, range }: tree.ArrayExpression): void {
    this.#printer.token('[', range.start);
    let previous = range.start;
    for (const [index, element] of elements.entries()) {
      const newline = !this.#lines.same(previous, element.range.start);
      if (newline) this.#printer.space('>', '\f');
      else if (index > 0) this.#printer.space(' ');
      previous = element.range.end - 1;
      this.write(element);
      if (index + 1 < elements.length) this.#comma(element);
      if (newline) this.#printer.space('<');
    }
    if (elements.length > 0 && !this.#lines.same(previous, range.end - 1)) {
      this.#comma(elements.at(-1));
      this.#printer.space('>', '\f', '<');
    }
    this.#printer.token(']', range.end - 1);
  }

  #object({ fields, range }: tree.ObjectExpression): void {
    this.#printer.token('{', range.start);
    this.#printer.space('>');
    let previous = range.start;
    for (const [index, field] of fields.entries()) {
      const before = fields[index - 1]?.value.range;
      if (!this.#lines.same(previous, field.nameRange.start))
        this.#printer.space(before && this.#lines.same(before.start, before.end - 1) ? '\n' : '\f');
      else if (index > 0) this.#printer.space(' ');
      previous = field.nameRange.end - 1;
      this.#field(field);
      if (index + 1 < fields.length) this.#comma(field);
    }
    if (fields.length > 0 && !this.#lines.same(previous, range.end - 1)) {
      this.#comma(fields.at(-1));
      this.#printer.space('\f');
    }
    this.#printer.space('<');
    this.#printer.token('}', range.end - 1);
  }

  #field(field: tree.ObjectField): void {
    this.#printer.string(keyText(field, this.#text), field.nameRange.start);
    this.#printer.space('\v');
    this.#guessed('=', () => tokenBehind(this.#text, field.nameRange.end));
    this.#printer.space(' ');
    this.write(field.value);
  }

  #call({ callee, args, range }: tree.Call): void {
    this.write(callee);
    let previous = tokenBehind(this.#text, callee.range.end);
    this.#guessed('(', () => tokenBehind(this.#text, callee.range.end));
    for (const [index, argument] of args.entries()) {
      const newline = !this.#lines.same(previous, argument.range.start);
      if (newline) this.#printer.space('\f', '>');
      this.write(argument);
      previous = argument.range.end - 1;
      if (index + 1 < args.length) {
        this.#comma(argument);
        this.#printer.space(' ');
      }
      if (newline) this.#printer.space('<');
    }
    if (args.length > 0 && !this.#lines.same(previous, range.end - 1)) {
      this.#comma(args.at(-1));
      this.#printer.space('\f');
    }
    this.#guessed(')', () => range.end - 1);
  }

  /** A comma behind an element; where the source has none it stands right behind it. */
  #comma(element: { readonly range: Range } | undefined): void {
    const end = element?.range.end ?? 0;
    this.#guessed(',', () => {
      const at = tokenBehind(this.#text, end);
      return this.#text[at] === ',' ? at : end;
    });
  }

  /** Writes a token whose place the reference does not know. */
  #guessed(text: string, at: () => number): void {
    this.#printer.token(text, this.#exact ? at() : undefined);
  }
}

/** The offset of the first token at or behind an offset. */
export function tokenBehind(text: string, offset: number): number {
  GAP.lastIndex = offset;
  return GAP.test(text) ? GAP.lastIndex : offset;
}
