/**
 * How openly a secret is handled. `hidden`: it never becomes a plain string. `readable`: no secret at all, in a
 * place that could hold one (the content of a file that was not marked secret). `derived`: a text that a
 * function made from a secret; it stays hidden from people, and goes where the reference takes it as a string.
 */
export type Exposure = 'hidden' | 'readable' | 'derived';

/** A text that must not be seen. Printing it in any way gives `(secret)`; only {@link reveal} gives the text. */
export class Secret {
  readonly exposure: Exposure;
  readonly #text: string;

  constructor(text: string, exposure: Exposure = 'hidden') {
    this.#text = text;
    this.exposure = exposure;
  }

  /** The text itself, for the one place that sends it. */
  reveal(): string {
    return this.#text;
  }

  /** Equality of texts and of exposure. */
  equals(other: Secret): boolean {
    return this.#text === other.#text && this.exposure === other.exposure;
  }

  toString(): string {
    return '(secret)';
  }

  toJSON(): string {
    return '(secret)';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '(secret)';
  }
}
