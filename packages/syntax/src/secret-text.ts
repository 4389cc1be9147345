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

/** The user information of the URLs in a text, and the password in it, where there is one. */
export function userinfosIn(text: string): readonly { readonly all: Range; readonly password?: Range }[] {
  if (!text.includes('://')) return [];
  return Array.from(text.matchAll(userinfo), ({ index, 0: found, 1: user = '', 2: password }) => {
    const end = index + found.length - 1;
    const all = { start: index, end };
    return password === undefined ? { all } : { all, password: { start: index + user.length + 1, end } };
  });
}

/** A text with the passwords of its URLs as `xxxxx`, as Go shows a redacted URL. */
export function withoutPasswords(text: string): string {
  return userinfosIn(text).reduceRight(
    (shown, { password }) =>
      password === undefined || password.start === password.end
        ? shown
        : `${shown.slice(0, password.start)}xxxxx${shown.slice(password.end)}`,
    text,
  );
}
