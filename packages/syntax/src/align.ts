const TAB_WIDTH = 8;
const PADDING = 1;

/** What stands between two tab stops of a line. */
interface Cell {
  text: string;
  /** In code points. */
  width: number;
  /** Ended by a horizontal tab: counts even when empty, as indentation does. */
  tab: boolean;
  /** How much of the text is literal, so that no white space is trimmed from it. */
  keep: number;
}

/** Ends with a tab and holds nothing: one level of indentation. */
const INDENT: Cell = { text: '', width: 0, tab: true, keep: 0 };
/** A tab that begins a line of a string: laid out as indentation, and always written as the one tab that it is. */
const OWN_TAB: Cell = { text: '', width: 0, tab: true, keep: 1 };

/** Aligns cells in columns as Go's text/tabwriter does (elastic tab stops), and trims the ends of lines. */
export class Aligner {
  #done = '';
  #lines: Cell[][] = [[]];
  #line: Cell[] = [];
  #text = '';
  #keep = 0;
  readonly #widths: number[] = [];

  constructor() {
    this.#lines = [this.#line];
  }

  /** Adds text without tabs and line ends to the cell. */
  append(text: string): void {
    this.#text += text;
  }

  /** Adds text that is written as it stands, whatever white space it holds. */
  literal(text: string): void {
    this.append(text);
    this.#keep = this.#text.length;
  }

  /** Adds the text of a string: as it stands, but its lines are lines for the columns around it. */
  multiline(text: string): void {
    const [first = '', ...others] = text.split('\n');
    this.literal(first);
    for (const line of others) {
      this.newline();
      const rest = line.replace(/^\t+/, '');
      for (let tabs = line.length - rest.length; tabs > 0; tabs--) this.#line.push(OWN_TAB);
      this.literal(rest);
    }
  }

  /** Begins a line with levels of indentation. */
  indent(levels: number): void {
    if (this.#text !== '') throw new Error('indentation behind text');
    for (let level = 0; level < levels; level++) this.#line.push(INDENT);
  }

  /** Ends the cell: the next one begins in a column common to the lines around. */
  tab(horizontal: boolean): void {
    this.#endCell(codePoints(this.#text), horizontal);
  }

  /** The last cell of a line is in no column, so its width does not matter. */
  #endCell(width: number, tab: boolean): void {
    this.#line.push({ text: this.#text, width, tab, keep: this.#keep });
    this.#text = '';
    this.#keep = 0;
  }

  newline(): void {
    this.#endCell(0, false);
    const alone = this.#line.length === 1;
    this.#line = [];
    this.#lines.push(this.#line);
    if (alone) this.#flush();
  }

  /** Ends the line, and all columns with it. */
  formfeed(): void {
    this.#endCell(0, false);
    this.#line = [];
    this.#lines.push(this.#line);
    this.#flush();
  }

  finish(): string {
    this.#flush();
    return this.#done;
  }

  #flush(): void {
    if (this.#text !== '') this.#endCell(0, false);
    this.#format(0, this.#lines.length);
    this.#line = [];
    this.#lines = [this.#line];
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
      const cell = this.#lines[line]?.[column] ?? INDENT;
      width = Math.max(width, cell.width + PADDING);
      if (cell.width > 0 || cell.tab) empty = false;
    }
    return empty ? 0 : width;
  }

  #writeLines(first: number, last: number): void {
    for (let line = first; line < last; line++) {
      this.#done += lineText(this.#lines[line] ?? [], this.#widths);
      if (line + 1 < this.#lines.length) this.#done += '\n';
    }
  }
}

function lineText(cells: readonly Cell[], widths: readonly number[]): string {
  let text = '';
  let keep = 0;
  let indenting = true;
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column] ?? INDENT;
    if (cell.text !== '') indenting = false;
    if (cell.keep > 0) keep = text.length + cell.keep;
    if (cell === OWN_TAB) text += '\t';
    else text += cell.text + padding(cell.width, widths[column], indenting);
  }
  return endsInSpace(cells.at(-1)?.text ?? '') ? trimEnd(text, keep) : text;
}

function padding(width: number, cellWidth: number | undefined, tabs: boolean): string {
  if (cellWidth === undefined) return '';
  if (cellWidth === PADDING && tabs) return '\t';
  return tabs ? '\t'.repeat(Math.ceil(cellWidth / TAB_WIDTH)) : ' '.repeat(cellWidth - width);
}

/** Without the blanks and tabs at the end, but for the first `keep` characters. */
function trimEnd(text: string, keep: number): string {
  let end = text.length;
  while (end > keep && endsInSpace(text, end)) end--;
  return text.slice(0, end);
}

/** Whether the text before `end` is empty or ends in a blank or a tab. */
function endsInSpace(text: string, end = text.length): boolean {
  const code = text.charCodeAt(end - 1);
  return end === 0 || code === 32 || code === 9;
}

function codePoints(text: string): number {
  return /[\uD800-\uDFFF]/.test(text) ? [...text].length : text.length;
}
