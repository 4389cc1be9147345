import { checkGoUrl, type Rule, type TextKind, urlFault, urlParts } from '@pewter/language';
import { withoutPasswords } from '@pewter/syntax';

/**
 * A URL as users write it; an empty text is none. Kept as text, so that its query goes out untouched. What Go's
 * parser takes is taken, though it may lead nowhere: see {@link usableUrl}. Shown with its password hidden.
 */
export const urlKind: TextKind<string> = { name: 'config.URL', parse: checkGoUrl, print: withoutPasswords };

/** `pyroscope:4040`, `localhost/path`: complete but for its scheme. */
const withoutScheme = /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?(?:[/?]|$)/i;

/** What keeps every request to an address from being sent, and what to do. */
interface UrlTrouble {
  readonly why: string;
  readonly hint: string;
}

const complete = 'write it as in `http://host:8080/path`';
const highestPort = 65_535;

/** Why no request can be sent to a URL that a config may have; undefined: one can, as far as the text tells. */
function troubleOf(url: string): UrlTrouble | undefined {
  if (url === '') return { why: 'is empty', hint: complete };
  const variable = /\$(?:\{\w+\}|\w+)/.exec(authorityOf(url))?.[0];
  if (variable !== undefined)
    return { why: `has \`${variable}\` for a host or port`, hint: variableHint(variable) };
  const { scheme, host } = urlParts(url);
  if (!/^https?$/i.test(scheme))
    return { why: 'is no URL of the scheme http or https', hint: schemeHint(url) };
  const fault = urlFault(url);
  if (fault !== undefined) return { why: `is no URL: ${fault}`, hint: complete };
  const port = /:(\d+)$/.exec(host)?.[1];
  if (Number(port) > highestPort)
    return {
      why: `has the port ${port}, and the highest is ${highestPort}`,
      hint: 'give the port that the server listens on',
    };
  if (host.replace(/:\d*$/, '') === '') return { why: 'has no host', hint: complete };
  return URL.canParse(url) ? undefined : { why: 'has a host that is none', hint: complete };
}

/** What stands between `//` and the path, where the names of variables are looked for. */
function authorityOf(url: string): string {
  const authority = /^[a-z]*:?\/\/([^/?#]*)/i.exec(url)?.[1] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1);
}

function variableHint(variable: string): string {
  const name = variable.replaceAll(/[${}]/g, '');
  return `variables in texts are not replaced: join the parts, as in \`"http://" + sys.env("${name}") + "/path"\``;
}

function schemeHint(url: string): string {
  if (withoutScheme.test(url)) return `add its scheme: \`http://${url}\``;
  return 'write it with its scheme, as in `http://host:8080/path`';
}

/** Warns of a URL that no request can be sent to. */
export function usableUrl(field: string): Rule {
  return {
    reads: [field],
    check({ [field]: url }) {
      const trouble = typeof url === 'string' ? troubleOf(url) : undefined;
      if (trouble === undefined) return undefined;
      const message = `\`${field}\` ${trouble.why}: nothing can be asked`;
      return { code: 'W0501', severity: 'warning', message, hint: trouble.hint, field };
    },
  };
}
