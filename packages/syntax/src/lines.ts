/** Line numbers of a text, from 0. */
export class Lines {
  readonly #starts: number[] = [0];
  #last = 0;

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** The line of an offset; quick for offsets near the one asked for last. */
  at(offset: number): number {
    const starts = this.#starts;
    let line = this.#last;
    while (line > 0 && (starts[line] ?? 0) > offset) line--;
    while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= offset) line++;
    this.#last = line;
    return line;
  }

  /** Whether two offsets are on one line. */
  same(first: number, last: number): boolean {
    return this.at(first) === this.at(last);
  }
}
