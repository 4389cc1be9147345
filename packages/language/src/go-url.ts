import { withoutPasswords } from '@pewter/syntax';
import { EvaluationError } from './error.ts';

/**
 * Refuses what Go's `url.Parse` refuses, and nothing else: relative addresses and an empty text pass. After the
 * rules of package net/url. Throws {@link EvaluationError}.
 */
export function checkGoUrl(text: string): string {
  const fault = urlFault(text);
  if (fault === undefined) return text;
  throw new EvaluationError('E0315', `\`${withoutPasswords(text)}\` is no valid URL: ${fault}`, {
    hint: 'write it as in `http://host:8080/path`',
  });
}

/** The parts of a URL as Go cuts it. */
export interface UrlParts {
  readonly scheme: string;
  readonly host: string;
}

/** Scheme and host of a URL; both empty where it has none. */
export function urlParts(text: string): UrlParts {
  const scheme = schemeOf(text) ?? '';
  const rest = text.slice(scheme === '' ? 0 : scheme.length + 1).replace(/[#?].*$/s, '');
  if (!rest.startsWith('//')) return { scheme, host: '' };
  const authority = rest.slice(2).split('/', 1)[0] ?? '';
  return { scheme, host: authority.slice(authority.lastIndexOf('@') + 1) };
}

/** What Go's `url.Parse` finds wrong with a text; undefined: it takes it. */
export function urlFault(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'it has a control character';
  const [address = '', ...fragment] = text.split('#');
  const scheme = schemeOf(address);
  if (scheme === undefined) return 'the scheme before `:` is missing';
  const rest = (scheme === '' ? address : address.slice(scheme.length + 1)).split('?', 1)[0] ?? '';
  const badFragment = escapeFault(fragment.join('#'));
  if (badFragment !== undefined) return badFragment;
  if (!rest.startsWith('/')) return relativeFault(rest, scheme);
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///'))) return escapeFault(rest);
  const [authority = ''] = rest.slice(2).split('/', 1);
  return authorityFault(authority) ?? escapeFault(rest.slice(2 + authority.length));
}

/** Empty where there is none; undefined where a text begins with the colon behind one. */
function schemeOf(text: string): string | undefined {
  if (text.startsWith(':')) return undefined;
  return /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1] ?? '';
}

function relativeFault(rest: string, scheme: string): string | undefined {
  if (scheme !== '') return undefined;
  if (rest.split('/', 1)[0]?.includes(':')) return 'it needs a scheme such as `http://`';
  return escapeFault(rest);
}

function authorityFault(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  if (at >= 0 && /[^A-Za-z0-9\-._:~!$&'()*+,;=%@]/.test(authority.slice(0, at))) {
    return 'its user information has a character that must be escaped';
  }
  return hostFault(authority.slice(at + 1));
}

function hostFault(host: string): string | undefined {
  const closing = host.lastIndexOf(']');
  if (host.startsWith('[') && closing < 0) return '`]` is missing in the host';
  const port = host.startsWith('[') ? host.slice(closing + 1) : (/:[^:]*$/.exec(host)?.[0] ?? '');
  if (port !== '' && !/^:\d*$/.test(port)) return `\`${port}\` is no port`;
  const odd = [...host].find((char) => char < '\u0080' && !/[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"%]/.test(char));
  return odd === undefined ? undefined : `the host has the character \`${odd}\``;
}

function escapeFault(text: string): string | undefined {
  const found = /%(?![0-9A-Fa-f]{2})/.exec(text);
  return found === null ? undefined : `\`${text.slice(found.index, found.index + 3)}\` is no escape`;
}
