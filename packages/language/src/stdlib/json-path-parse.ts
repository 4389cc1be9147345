import { EvaluationError } from '../error.ts';
import type { Path, Step, Test } from './json-path-tree.ts';

/** Reads a JSONPath as the reference's library does; a leading `$` or dot may be left out. Throws {@link EvaluationError}. */
export function parseJsonPath(text: string): Path {
  const reader = new Reader(text);
  const path = reader.path(true);
  if (!reader.done()) throw reader.broken();
  return path;
}

const name = /[^.[\]\s()=!<>&|,'"?@$*:~+/-][^.[\]\s()=!<>&|,'"?:~]*/y;
const operators = /==|!=|<=|>=|=~|~=|<|>|&&|\|\||\b(?:in|has|exists|empty)\b/y;
const strength: Readonly<Record<string, number>> = { '||': 1, '&&': 2 };

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  done(): boolean {
    return this.#at >= this.#text.length;
  }

  broken(): EvaluationError {
    return new EvaluationError(
      'E0310',
      `the JSON path \`${this.#text}\` cannot be read at character ${this.#at + 1}`,
    );
  }

  path(first: boolean): Path {
    const steps: Step[] = [];
    if (this.#take('$')) steps.push({ kind: 'root' });
    else if (this.#take('@')) steps.push({ kind: 'current' });
    else if (first && !this.done() && !/[.[]/.test(this.#peek())) steps.push(this.#named());
    while (!this.done() && /[.[]/.test(this.#peek())) {
      if (this.#take('..')) {
        steps.push({ kind: 'descent' });
        if (!this.done() && this.#peek() !== '[') steps.push(this.#named());
      } else if (this.#take('.')) steps.push(this.#named());
      else steps.push(this.#bracket());
    }
    return steps;
  }

  #named(): Step {
    if (this.#take('*')) return { kind: 'wildcard' };
    return { kind: 'keys', keys: [this.#match(name)] };
  }

  #bracket(): Step {
    this.#expect('[');
    this.#space();
    const step = this.#take('*')
      ? ({ kind: 'wildcard' } as const)
      : this.#take('?')
        ? this.#filter()
        : this.#keysOrSlice();
    this.#space();
    this.#expect(']');
    return step;
  }

  #filter(): Step {
    this.#space();
    return { kind: 'filter', test: this.#test(0) };
  }

  #keysOrSlice(): Step {
    const start = this.#key();
    this.#space();
    if (typeof start !== 'string' && this.#peek() === ':') return this.#slice(start);
    const keys = [start];
    while (this.#take(',')) {
      this.#space();
      keys.push(this.#key());
      this.#space();
    }
    const given = keys.filter((key) => key !== undefined);
    if (given.length !== keys.length) throw this.broken();
    return { kind: 'keys', keys: given };
  }

  #slice(start: number | undefined): Step {
    this.#expect(':');
    const end = this.#number();
    const step = this.#take(':') ? (this.#number() ?? 1) : 1;
    return { kind: 'slice', start, end, step };
  }

  #key(): string | number | undefined {
    return /['"]/.test(this.#peek()) ? this.#string() : this.#number();
  }

  #test(least: number): Test {
    let left = this.#operand();
    for (;;) {
      this.#space();
      operators.lastIndex = this.#at;
      const operator = operators.exec(this.#text)?.[0];
      const own = operator === undefined ? 0 : (strength[operator] ?? 3);
      if (operator === undefined || own <= least) return left;
      this.#at += operator.length;
      left = { kind: 'operation', operator, left, right: this.#test(own) };
    }
  }

  #operand(): Test {
    this.#space();
    if (this.#take('!')) return { kind: 'not', operand: this.#operand() };
    if (this.#take('(')) {
      const inner = this.#test(0);
      this.#space();
      this.#expect(')');
      return inner;
    }
    const next = this.#peek();
    if (next === '@' || next === '$') return { kind: 'path', path: this.path(false) };
    if (next === '[') return this.#list();
    if (/['"]/.test(next)) return { kind: 'literal', value: this.#string() };
    if (next === '/') return { kind: 'literal', value: this.#match(/\/(?:[^/\\]|\\.)*\//y).slice(1, -1) };
    return { kind: 'literal', value: this.#word() };
  }

  #list(): Test {
    this.#expect('[');
    const items: Test[] = [];
    this.#space();
    while (!this.#take(']')) {
      items.push(this.#operand());
      this.#space();
      if (this.#peek() !== ']') this.#expect(',');
    }
    return { kind: 'list', items };
  }

  #word(): null | boolean | number {
    const word = this.#match(/[-+\w.]+/y);
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    if (Number.isNaN(Number(word))) throw this.broken();
    return Number(word);
  }

  #string(): string {
    const quoted = this.#match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y);
    return quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1');
  }

  #number(): number | undefined {
    const pattern = /-?\d+/y;
    pattern.lastIndex = this.#at;
    const digits = pattern.exec(this.#text)?.[0];
    if (digits === undefined) return undefined;
    this.#at += digits.length;
    return Number(digits);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0];
    if (match === undefined) throw this.broken();
    this.#at += match.length;
    return match;
  }

  #peek(): string {
    return this.#text[this.#at] ?? '';
  }

  #space(): void {
    while (this.#peek() === ' ') this.#at++;
  }

  #take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw this.broken();
  }
}
