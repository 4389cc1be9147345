import { EvaluationError } from '../error.ts';

/** Walks over the text of a path; what it does not find throws {@link EvaluationError} with the place. */
export class PathReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  done(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The next character; the empty text at the end. */
  peek(): string {
    return this.#text[this.#at] ?? '';
  }

  take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) throw this.broken();
  }

  /** The text that a sticky pattern finds here; undefined where it finds none. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  /** Gives back what was just taken. */
  back(length: number): void {
    this.#at -= length;
  }

  /** Skips blanks; other white space has no place in a path. */
  space(): void {
    while (this.peek() === ' ') this.#at++;
  }

  number(): number | undefined {
    const digits = this.match(/-?\d+/y);
    return digits === undefined ? undefined : Number(digits);
  }

  /** A text in single or double quotes, without its escapes. */
  string(): string {
    const quoted = this.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/sy);
    if (quoted === undefined) throw this.broken();
    return quoted
      .slice(1, -1)
      .replaceAll(/\\(x[0-9a-fA-F]{2}|[uU][0-9a-fA-F]{4}|.)/gs, (_all, escaped: string) => {
        const text =
          escaped.length > 1 ? String.fromCodePoint(Number.parseInt(escaped.slice(1), 16)) : plain[escaped];
        if (text === undefined) throw this.broken();
        return text;
      });
  }

  broken(): EvaluationError {
    const message = `the JSON path \`${this.#text}\` cannot be read at character ${this.#at + 1}`;
    return new EvaluationError('E0310', message);
  }
}

const plain: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
};
