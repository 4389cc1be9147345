const TAB_WIDTH = 8;
const PADDING = 1;

interface Cell {
  text: string;
  width: number;
  /** Ended by a horizontal tab: counts even when empty, as indentation does. */
  tab: boolean;
  /** How much of the text is literal, so that no white space is trimmed from it. */
  keep: number;
}

/** Aligns cells in columns as Go's text/tabwriter does (elastic tab stops), and trims the ends of lines. */
export class Aligner {
  #done: string[] = [];
  #lines: Cell[][] = [[]];
  #cell: Cell = emptyCell();
  readonly #widths: number[] = [];

  /** Adds text; tabs, newlines and form feeds in it end cells and lines. */
  write(text: string): void {
    for (const part of text.split(/([\t\v\n\f])/)) {
      if (part === '\t' || part === '\v') this.#endCell(part === '\t');
      else if (part === '\n' || part === '\f') this.#endLine(part === '\f');
      else this.#append(part);
    }
  }

  /** Adds text that is written as it stands. */
  literal(text: string): void {
    this.#append(text);
    this.#cell.keep = this.#cell.text.length;
  }

  finish(): string {
    this.#flush();
    return this.#done.join('');
  }

  #append(text: string): void {
    this.#cell.text += text;
    for (const _ of text) this.#cell.width++;
  }

  #endCell(tab: boolean): number {
    this.#cell.tab = tab;
    const count = this.#lines.at(-1)?.push(this.#cell) ?? 0;
    this.#cell = emptyCell();
    return count;
  }

  #endLine(flush: boolean): void {
    const count = this.#endCell(false);
    this.#lines.push([]);
    if (flush || count === 1) this.#flush();
  }

  #flush(): void {
    if (this.#cell.text !== '') this.#endCell(false);
    this.#format(0, this.#lines.length);
    this.#lines = [[]];
  }

  /** Finds the runs of lines that share the next column, and writes what lies between them. */
  #format(first: number, last: number): void {
    const column = this.#widths.length;
    let start = first;
    for (let line = first; line < last; line++) {
      if (!this.#hasColumn(line, column)) continue;
      this.#writeLines(start, line);
      start = line;
      while (line < last && this.#hasColumn(line, column)) line++;
      this.#widths.push(this.#columnWidth(start, line, column));
      this.#format(start, line);
      this.#widths.pop();
      start = line;
    }
    this.#writeLines(start, last);
  }

  #hasColumn(line: number, column: number): boolean {
    return column < (this.#lines[line]?.length ?? 0) - 1;
  }

  #columnWidth(first: number, last: number, column: number): number {
    let width = 0;
    let empty = true;
    for (let line = first; line < last; line++) {
      const cell = this.#lines[line]?.[column];
      width = Math.max(width, (cell?.width ?? 0) + PADDING);
      if (cell !== undefined && (cell.width > 0 || cell.tab)) empty = false;
    }
    return empty ? 0 : width;
  }

  #writeLines(first: number, last: number): void {
    for (let line = first; line < last; line++) {
      const text = this.#lineText(this.#lines[line] ?? []);
      this.#done.push(line + 1 === this.#lines.length ? text : `${text}\n`);
    }
  }

  #lineText(cells: readonly Cell[]): string {
    let text = '';
    let keep = 0;
    let indenting = true;
    for (const [column, cell] of cells.entries()) {
      if (cell.text !== '') indenting = false;
      if (cell.keep > 0) keep = text.length + cell.keep;
      text += cell.text + padding(cell.width, this.#widths[column], indenting);
    }
    return text.slice(0, keep) + text.slice(keep).replace(/[ \t]+$/, '');
  }
}

function emptyCell(): Cell {
  return { text: '', width: 0, tab: false, keep: 0 };
}

function padding(width: number, cellWidth: number | undefined, tabs: boolean): string {
  if (cellWidth === undefined) return '';
  return tabs ? '\t'.repeat(Math.ceil(cellWidth / TAB_WIDTH)) : ' '.repeat(cellWidth - width);
}
