const ILLEGAL_HINTS: Readonly<Record<string, string>> = {
  '#': 'comments begin with //',
  ';': 'statements end with the line; nothing stands between them',
  ':': 'write = between a name and its value',
  '?': 'there is no conditional operator; use coalesce()',
  $: 'refer to a component by its name, and to the environment with sys.env("NAME")',
  '\u201C': 'replace it by "',
  '\u201D': 'replace it by "',
};

/** What to do about a character that has no meaning, where that can be told; `before` is what stands before it. */
export function illegalHint(character: string, before: string): string | undefined {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const inValue = character === ':' && /=|^\s*-\s/.test(line);
  return inValue ? 'put texts such as addresses in double quotes' : ILLEGAL_HINTS[character];
}

/** What to write instead of a backslash and this character. */
export function escapeHint(next: string): string {
  if (next === "'") return "a single quote needs no backslash: write '";
  if (/[xuU0-9]/.test(next)) return 'write \\xHH, \\uHHHH, \\UHHHHHHHH or three octal digits';
  return 'write \\\\ for a backslash, or put the string in backquotes, where backslashes are themselves';
}

/** How a message shows a character, whether it can be seen or not. */
export function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `"${character}"` : `the character ${number}`;
}
