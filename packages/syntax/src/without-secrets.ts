import { type SecretField, secretRanges } from './secret-ranges.ts';
import { SourceFile } from './source.ts';

/** A text with `*` for each character of its secrets; lines and columns stay where they are. */
export function withoutSecrets(source: SourceFile, isSecret?: SecretField): SourceFile {
  const { name, text } = source;
  const ranges = secretRanges(text, isSecret).toSorted((a, b) => a.start - b.start);
  if (ranges.length === 0) return source;
  const parts: string[] = [];
  let from = 0;
  for (const range of ranges) {
    const start = Math.max(from, range.start);
    const end = Math.max(from, range.end);
    parts.push(text.slice(from, start), text.slice(start, end).replace(/[^\r\n]/gu, '*'));
    from = end;
  }
  return new SourceFile(name, parts.join('') + text.slice(from));
}
