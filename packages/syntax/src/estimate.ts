/**
 * What was written since the last token whose place in the source was known. The reference only estimates the place of
 * some tokens, so a comment next to these may be written on their wrong side.
 */
export class Estimate {
  readonly #source: string;
  #written = '';
  #knownEnd = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** A token was written whose place is not known. */
  add(text: string): void {
    this.#written += text;
  }

  /** A token was written that ends here in the source. */
  known(end: number): void {
    this.#written = '';
    this.#knownEnd = end;
  }

  /** Whether a place is sure to lie behind what was written: that alone stands before it, on the line of the last known token. */
  isBefore(place: number): boolean {
    const skipped = this.#source.slice(this.#knownEnd, place).trimEnd();
    return !skipped.includes('\n') && skipped.replace(/\s/g, '') === this.#written;
  }
}
