import { checkGoUrl, type Rule, type TextKind } from '@pewter/language';

/**
 * A URL as users write it; an empty text is none. Kept as text, so that its query goes out untouched. What Go's
 * parser takes is taken, though it may lead nowhere: see {@link usableUrl}.
 */
export const urlKind: TextKind<string> = { name: 'config.URL', parse: checkGoUrl };

/** `pyroscope:4040`, `localhost/path`: complete but for its scheme. */
const withoutScheme = /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?(?:[/?]|$)/i;

function schemeHint(url: string): string {
  if (withoutScheme.test(url)) return `add its scheme: \`http://${url}\``;
  return 'write it with its scheme, as in `http://host:8080/path`';
}

/** Warns of a URL that no request can be sent to. */
export function usableUrl(field: string): Rule {
  return {
    reads: [field],
    check({ [field]: url }) {
      if (typeof url !== 'string' || (URL.canParse(url) && /^https?:/i.test(url))) return undefined;
      const message =
        url === ''
          ? `\`${field}\` is empty`
          : `\`${field}\` is no URL of the scheme http or https: nothing can be asked`;
      return { code: 'W0501', severity: 'warning', message, hint: schemeHint(url), field };
    },
  };
}
