/** The candidate that a mistyped name most likely means; undefined where none is close. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), least);
    if (distance < least && candidate !== name) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** A hint for an unknown name: the likely candidate, or all of them when they are few. */
export function suggestion(name: string, candidates: Iterable<string>, what: string): string | undefined {
  const all = [...candidates];
  const likely = didYouMean(name, all);
  if (likely !== undefined) return `did you mean \`${likely}\`?`;
  if (all.length === 0) return `it has no ${what}`;
  return all.length <= 12 ? `its ${what} are ${listed(all)}` : undefined;
}

/** Names as running text: `a`, `b` and `c`. */
export function listed(names: readonly string[], last = 'and'): string {
  const quoted = names.map((name) => `\`${name}\``);
  if (quoted.length < 2) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1) ?? ''}`;
}

/** The least number of insertions, deletions, replacements and swaps of neighbours; `limit` or more counts as `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      current.push(cell(a, b, row, column, { before, previous, current }));
    }
    before = previous;
    previous = current;
  }
  return Math.min(previous[b.length] ?? limit, limit);
}

interface Rows {
  readonly before: readonly number[];
  readonly previous: readonly number[];
  readonly current: readonly number[];
}

function cell(a: string, b: string, row: number, column: number, rows: Rows): number {
  const same = a[row - 1] === b[column - 1];
  const { before, previous, current } = rows;
  const least = Math.min(
    (previous[column] ?? 0) + 1,
    (current[column - 1] ?? 0) + 1,
    (previous[column - 1] ?? 0) + (same ? 0 : 1),
  );
  const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
  return swapped ? Math.min(least, (before[column - 2] ?? 0) + 1) : least;
}
