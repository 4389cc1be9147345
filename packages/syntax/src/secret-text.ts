import type { Range } from './source.ts';

const ends =
  /(?:^|[-_.])(?:authorization|cookie|credentials?|password|passwd|passphrase|secret|token|(?:api|access|account|private|secret|license)[-_]?key|connection[-_]string)$/i;
const wholes: ReadonlySet<string> = new Set(['http_headers', 'proxy_connect_header', 'secret_id', 'key_pem']);

/**
 * Whether the value of an argument, a header or a key of this name is by all custom a credential: `password`, `bearer_token`,
 * `Authorization`, `X-Api-Key`. For where no schema says so.
 */
export function isSecretName(name: string): boolean {
  return ends.test(name) || wholes.has(name);
}

const userinfo = /(?<=[a-z][a-z0-9+.-]*:\/\/)([^\s/?#@:]*)(?::([^\s/?#]*))?@/gi;
const parameter = /(?<=[?&])([\w.-]+)=([^\s&#"'`]+)/g;

/** What is a credential in the URLs of a text, in its order: user information, with the password in it, and parameters of such names. */
export function urlCredentials(text: string): readonly { readonly all: Range; readonly password?: Range }[] {
  if (!text.includes('://')) return [];
  const users = Array.from(text.matchAll(userinfo), ({ index, 0: found, 1: user = '', 2: password }) => {
    const end = index + found.length - 1;
    const all = { start: index, end };
    return password === undefined ? { all } : { all, password: { start: index + user.length + 1, end } };
  });
  const parameters = Array.from(text.matchAll(parameter), ({ index, 0: found, 1: name = '' }) => {
    const all = { start: index + name.length + 1, end: index + found.length };
    return isSecretName(name) ? [{ all, password: all }] : [];
  });
  return [...users, ...parameters.flat()].toSorted((a, b) => a.all.start - b.all.start);
}

/** A text with the passwords of its URLs as `xxxxx`, as Go shows a redacted URL, and so their parameters that are credentials. */
export function withoutPasswords(text: string): string {
  let shown = '';
  let from = 0;
  for (const { password } of urlCredentials(text)) {
    if (password === undefined || password.start < from || password.start === password.end) continue;
    shown += `${text.slice(from, password.start)}xxxxx`;
    from = password.end;
  }
  return shown + text.slice(from);
}
