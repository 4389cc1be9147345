import { diffArrays } from 'diff';

/** A line of a diff: kept, removed or added. The text has its line end where it has one. */
export interface ChangedLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** Texts that differ in more lines than this, blanks aside, are taken as replaced: finding the least difference takes the square of it. */
const MOST = 5000;

/**
 * What became of the lines of a text. Lines are brought together by what they hold without blanks, since a formatter changes little else:
 * a file of ten thousand lines that is indented otherwise takes no longer than one with a single change.
 */
export function changedLines(before: string, after: string): ChangedLine[] {
  const old = linesOf(before);
  const young = linesOf(after);
  const parts = diffArrays(old.map(withoutBlanks), young.map(withoutBlanks), { maxEditLength: MOST });
  const changes = new Changes();
  let from = 0;
  let to = 0;
  for (const { added, removed, count } of parts ?? [
    { added: false, removed: true, count: old.length },
    { added: true, removed: false, count: young.length },
  ]) {
    for (let line = 0; line < count; line++) {
      const removedLine = added ? undefined : old[from++];
      const addedLine = removed ? undefined : young[to++];
      changes.add(removedLine, addedLine);
    }
  }
  return changes.finish();
}

/** Collects lines so that of a stretch of changes what is removed stands before what is added. */
class Changes {
  readonly #lines: ChangedLine[] = [];
  #added: ChangedLine[] = [];

  add(before: string | undefined, after: string | undefined): void {
    if (before !== undefined && before === after) {
      this.#flush();
      this.#lines.push({ sign: ' ', text: before });
      return;
    }
    if (before !== undefined) this.#lines.push({ sign: '-', text: before });
    if (after !== undefined) this.#added.push({ sign: '+', text: after });
  }

  finish(): ChangedLine[] {
    this.#flush();
    return this.#lines;
  }

  #flush(): void {
    for (const line of this.#added) this.#lines.push(line);
    this.#added = [];
  }
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function withoutBlanks(line: string): string {
  return line.replace(/\s+/g, '');
}
