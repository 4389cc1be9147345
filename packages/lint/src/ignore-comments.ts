import type { Body, Comment, File, Range, SourceFile } from '@pewter/syntax';

/** What a comment turns off, and where. */
export interface Ignored {
  readonly source: SourceFile;
  readonly comment: Comment;
  /** Names of lints, or their codes. */
  readonly names: readonly string[];
  readonly range: Range;
}

const directive = /pewter:ignore(-file)?[ \t]+([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)/;

/**
 * The comments of a file that turn lints off: `// pewter:ignore NAME, NAME` for the statement or line that it stands
 * above or behind, `// pewter:ignore-file NAME` for the file.
 */
export function ignoredIn(file: File): readonly Ignored[] {
  return file.comments.flatMap((comment) => {
    const [, whole, names = ''] = directive.exec(comment.text) ?? [];
    if (names === '') return [];
    const range = whole === undefined ? rangeFor(comment, file) : file.range;
    return [{ source: file.source, comment, names: names.split(/[ \t]*,[ \t]*/), range }];
  });
}

function rangeFor(comment: Comment, { source, body, comments }: File): Range {
  const first = source.position(comment.range.start).line;
  const before = source.line(first).slice(0, source.position(comment.range.start).column - 1);
  const line = before.trim() === '' ? lineBelow(comment, source, comments) : first;
  return statementAt(body, line, source) ?? lineRange(line, source);
}

/** The line that a comment stands above; more comments may stand between. */
function lineBelow(comment: Comment, source: SourceFile, comments: readonly Comment[]): number {
  const line = source.position(comment.range.end).line + 1;
  const next = comments.find(({ range }) => source.position(range.start).line === line);
  const alone = next !== undefined && source.line(line).trimStart().startsWith(next.text.slice(0, 2));
  return next !== undefined && alone ? lineBelow(next, source, comments) : line;
}

function statementAt(body: Body, line: number, source: SourceFile): Range | undefined {
  for (const statement of body) {
    if (source.position(statement.range.start).line === line) return statement.range;
    const inside = statement.kind === 'block' ? statementAt(statement.body, line, source) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function lineRange(line: number, source: SourceFile): Range {
  const lines = source.text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  return { start, end: start + (lines[line - 1]?.length ?? 0) };
}
