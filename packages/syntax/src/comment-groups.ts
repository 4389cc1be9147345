import type { Lines } from './lines.ts';
import type { Comment, File } from './tree.ts';

/** Comments with nothing between them, each on the line of the one before or the next. */
export function commentGroups(file: File, lines: Lines): Comment[][] {
  const groups: Comment[][] = [];
  let end = -1;
  for (const comment of file.comments) {
    const { range } = comment;
    const apart = end < 0 || file.source.text.slice(end, range.start).trim() !== '';
    if (apart || lines.at(range.start) > lines.at(end - 1) + 1) groups.push([]);
    groups.at(-1)?.push(comment);
    end = range.end;
  }
  return groups;
}
