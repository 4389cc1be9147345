/** Characters that a host may hold besides letters, digits and what is not ASCII. */
const hostCharacters = /^[\w.~!$&'()*+,;=:[\]<>"%\u0080-\u{10ffff}-]*$/u;

/**
 * Why Go's `net/url` refuses a text as a URL (https://pkg.go.dev/net/url#Parse); undefined where it takes it. It takes
 * much that leads nowhere: a bare word is a relative path to it. Queries are not looked at.
 */
export function urlProblem(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'it holds a control character';
  if (text.startsWith(':')) return 'its scheme is missing';
  const [, whole = '', fragment = ''] = /^([^#]*)#?(.*)$/su.exec(text) ?? [];
  const beforeQuery = whole.replace(/\?.*$/su, '');
  const scheme = /^[a-z][a-z\d+.-]*:/i.exec(beforeQuery)?.[0] ?? '';
  const rest = beforeQuery.slice(scheme.length);
  if (!rest.startsWith('/')) {
    if (scheme !== '') return badEscape(fragment);
    if (/^[^/]*:/.test(rest)) return 'its first part holds a colon, and is no scheme';
  }
  const [, authority = '', path = rest] = /^\/\/([^/]*)(.*)$/su.exec(rest) ?? [];
  return authorityProblem(authority) ?? badEscape(path) ?? badEscape(fragment);
}

function authorityProblem(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(at, 0));
  if (!/^[\w.~!$&'()*+,;=:%@-]*$/.test(user))
    return 'its user or password holds a character that must be escaped';
  const host = authority.slice(at + 1);
  if (!hostCharacters.test(host)) return 'its host holds a character that no host has';
  const bracketed = /^\[[^\]]*\](.*)$/su.exec(host);
  if (host.startsWith('[') && bracketed === null) return 'a `]` is missing in its host';
  const port = bracketed?.[1] ?? /:[^:]*$/.exec(host)?.[0] ?? '';
  if (!/^(:\d*)?$/.test(port)) return `\`${port}\` is no port`;
  return badEscape(user) ?? badEscape(host);
}

function badEscape(text: string): string | undefined {
  const found = /%(?![\da-f]{2}).{0,2}/isu.exec(text)?.[0];
  return found === undefined ? undefined : `\`${found}\` is no escaped character`;
}
