/** A half-open span of a text, in UTF-16 code units: `text.slice(start, end)`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A place as people and editors count: lines and columns from 1, columns in Unicode code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One text with its name. Turns offsets into lines and columns; immutable. */
export class SourceFile {
  readonly name: string;
  readonly text: string;
  #lineStarts: readonly number[] | undefined;

  /** `name` is what diagnostics print: a path, a URL, or a label such as `<stdin>`. */
  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
  }

  /** The number of lines; a text that ends in a newline has an empty last line. */
  get lineCount(): number {
    return this.#starts().length;
  }

  /** The place of an offset. Offsets past the end give the end. */
  position(offset: number): Position {
    const starts = this.#starts();
    const line = lastAtMost(starts, Math.min(offset, this.text.length));
    const before = this.text.slice(starts[line] ?? 0, Math.min(offset, this.text.length));
    return { line: line + 1, column: codePoints(before) + 1 };
  }

  /** The text of a line, counted from 1, without its line end. */
  line(number: number): string {
    const starts = this.#starts();
    const start = starts[number - 1];
    if (start === undefined) return '';
    return this.text.slice(start, starts[number] ?? this.text.length).replace(/\r?\n$/, '');
  }

  #starts(): readonly number[] {
    this.#lineStarts ??= lineStarts(this.text);
    return this.#lineStarts;
  }
}

/** A byte order mark belongs to no line: it is neither counted nor shown. */
function lineStarts(text: string): number[] {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The index of the last entry that is not above `value`; `sorted` ascends and starts at or below it. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
