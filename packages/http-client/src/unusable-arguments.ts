import { type Rule, Secret } from '@pewter/language';
import type { HttpClientArguments } from './http-client-schema.ts';
import { usableUrl } from './url-kind.ts';

/** Warns of a proxy that nothing goes through. */
const proxyUrlRule: Rule = {
  reads: ['proxy_url'],
  check(decoded, given) {
    const { proxy_url: url = '' } = decoded as Partial<HttpClientArguments>;
    const warning = url === '' ? undefined : usableUrl('proxy_url').check(decoded, given);
    if (warning === undefined || !/^socks/i.test(url)) return warning;
    const message = '`proxy_url` is a SOCKS proxy, which is not supported: each request fails';
    return { ...warning, message, hint: 'give an HTTP proxy' };
  },
};

/** The same and more of the server that gives tokens. */
const tokenServerRule: Rule = {
  reads: ['oauth2'],
  check(decoded, given) {
    const { oauth2 } = decoded as Partial<HttpClientArguments>;
    if (!oauth2?.token_url) return undefined;
    const warning = usableUrl('token_url').check(oauth2, given) ?? proxyUrlRule.check(oauth2, given);
    return warning && { ...warning, field: 'oauth2' };
  },
};

const notToken = /[^!#$%&'*+\-.^_`|~0-9A-Za-z]|^$/;
const controls = /[^\t\P{Cc}]/u;

function isUnsendable([name, value]: readonly [unknown, unknown]): boolean {
  const texts = [value].flat().map((item) => (item instanceof Secret ? item.reveal() : String(item)));
  return notToken.test(String(name)) || texts.some((text) => controls.test(text));
}

/** Warns of headers that no request can carry, by their names alone: values may be secret. */
export function sendableHeaders(field: string): Rule {
  return {
    reads: [field],
    check({ [field]: headers }) {
      const bad = headers instanceof Map ? [...headers].find(isUnsendable) : undefined;
      if (bad === undefined) return undefined;
      const [name] = bad;
      return {
        code: 'W0501',
        severity: 'warning',
        message: `\`${field}\` has ${JSON.stringify(name)}, which no request can carry: each fails`,
        hint: 'a name is of letters, digits and hyphens, a value of one line without control characters',
        field,
      };
    },
  };
}

/** Warnings of arguments that load, as in the reference, and with which no request can be made. */
export const unusableArguments: readonly Rule[] = [
  tokenServerRule,
  proxyUrlRule,
  sendableHeaders('http_headers'),
];
