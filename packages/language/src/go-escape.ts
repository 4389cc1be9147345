const escapedPath = /^(?:[\w\-.~$&+,/:;=@!'()*[\]]|%[0-9A-Fa-f]{2})*$/;

/** The path of a URL as Go's `net/url` writes it: one that is escaped already stays so, else all of it is. */
export function goPath(path: string): string {
  return escapedPath.test(path) ? path : escapeUnsafe(unescaped(path), /[^\w\-.~$&+,/:;=@]/gu, 'latin1');
}

/** The bytes of a path, each as a character. Where a `%` is not followed by two digits, all of them are taken as they stand. */
function unescaped(path: string): string {
  const bytes = Buffer.from(path).toString('latin1');
  if (/%(?![0-9A-Fa-f]{2})/.test(path)) return bytes;
  return bytes.replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** The text with each unsafe character as the bytes that it has in the encoding, each a percent sign and two digits. */
export function escapeUnsafe(text: string, unsafe: RegExp, encoding: 'utf8' | 'latin1' = 'utf8'): string {
  const escaped = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return text.replace(unsafe, (character) => Array.from(Buffer.from(character, encoding), escaped).join(''));
}
