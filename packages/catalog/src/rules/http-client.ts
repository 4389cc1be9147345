import { checkGoUrl, EvaluationError, type Rule, type RuleViolation, urlParts } from '@pewter/language';
import { atMostOne, type CountingRule, isSet, needs } from './count-rules.ts';
import { valueRule } from './value-rules.ts';

// The rules of the reference's internal/component/common/config/types.go, with the codes that these mistakes have
// in components that run.
const codes = {
  authentication: 'E0521',
  header: 'E0522',
  twice: 'E0523',
  unfit: 'E0524',
  proxy: 'E0525',
  tls: 'E0526',
};

const reservedHeaders: ReadonlySet<string> = new Set([
  'accept-encoding',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'user-agent',
  'www-authenticate',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-prometheus-remote-read-version',
  'x-prometheus-remote-write-version',
  'x-prometheus-scrape-timeout-seconds',
]);

/** At most one way to authenticate. */
export const oneAuthentication: Rule = atMostOne(
  ['basic_auth {}', 'authorization {}', 'oauth2 {}', 'bearer_token', 'bearer_token_file'],
  codes.authentication,
);

/** Proxy arguments that fit together. */
export const proxyRules: readonly Rule[] = [
  withCode(needs('proxy_connect_header', 'proxy_url', 'proxy_from_environment'), codes.proxy),
  atMostOne(['proxy_url', 'proxy_from_environment'], codes.proxy),
  atMostOne(['no_proxy', 'proxy_from_environment'], codes.proxy),
  // An empty URL will do, as one from a variable of the environment may be.
  withCode(needs('no_proxy', 'proxy_url {}', 'proxy_from_environment'), codes.proxy),
];

/** No header that the client owns. */
export const headerRule: Rule = valueRule<ReadonlyMap<string, unknown>>('http_headers', (headers) => {
  const reserved = [...headers.keys()].find((name) => reservedHeaders.has(name.toLowerCase()));
  if (reserved === undefined) return undefined;
  const hint = 'for credentials use `authorization` or `basic_auth`';
  return { code: codes.header, message: `header \`${reserved}\` may not be set in \`http_headers\``, hint };
});

/** What holds for the arguments of an HTTP client, where a component checks them. */
export const httpClientRules: readonly Rule[] = [oneAuthentication, headerRule, ...proxyRules];

export const basicAuthRules: readonly Rule[] = [atMostOne(['password', 'password_file'], codes.twice)];

export const authorizationRules: readonly Rule[] = [
  atMostOne(['credentials', 'credentials_file'], codes.twice),
  valueRule<string>('type', (type) =>
    type.trim().toLowerCase() === 'basic'
      ? { code: codes.unfit, message: '`authorization` can not be of type `basic`', hint: 'use `basic_auth`' }
      : undefined,
  ),
];

export const oauth2Rules: readonly Rule[] = [
  ...['client_id', 'token_url'].map(
    (field): Rule => ({
      reads: [field],
      check: (body) =>
        isSet(body[field]) === false
          ? { code: codes.unfit, message: `\`oauth2\` needs a \`${field}\`` }
          : undefined,
    }),
  ),
  {
    reads: ['client_secret', 'client_secret_file'],
    check: (body) =>
      isSet(body.client_secret) || isSet(body.client_secret_file)
        ? undefined
        : { code: codes.unfit, message: '`oauth2` needs a `client_secret` or a `client_secret_file`' },
  },
  atMostOne(['client_secret', 'client_secret_file'], codes.twice),
  ...proxyRules,
];

/** Certificates and keys given once, and together. */
export const tlsRules: readonly Rule[] = [
  ...['ca', 'cert', 'key'].map((name) => atMostOne([`${name}_pem`, `${name}_file`], codes.twice)),
  {
    reads: ['cert_pem', 'cert_file', 'key_pem', 'key_file'],
    check(body) {
      const has = (name: string) =>
        isSet(body[`${name}_pem`]) === true || isSet(body[`${name}_file`]) === true;
      if (has('cert') === has('key')) return undefined;
      const message = 'a client certificate needs both a certificate and its key';
      return { code: codes.tls, message, hint: 'give `cert_…` and `key_…`' };
    },
  },
];

/** A URL with a host and one of these schemes. */
export function absoluteUrl(field: string, ...schemes: readonly string[]): Rule {
  return valueRule<string>(field, (text) => {
    const fault = urlFault(field, text);
    if (fault !== undefined) return fault;
    const { scheme, host } = urlParts(text);
    if (host !== '' && (schemes.length === 0 ? scheme !== '' : schemes.includes(scheme))) return undefined;
    return { message: `\`${field}\` must be a full URL`, hint: 'write it as in `"http://host:8080"`' };
  });
}

/** A text that Go's parser takes for a URL, which need not lead anywhere. */
export function parsableUrl(field: string): Rule {
  return valueRule<string>(field, (text) => urlFault(field, text));
}

function urlFault(field: string, text: string): RuleViolation | undefined {
  try {
    checkGoUrl(text);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof EvaluationError)) throw thrown;
    return { message: `\`${field}\`: ${thrown.message}`, ...(thrown.hint && { hint: thrown.hint }) };
  }
}

function withCode(rule: CountingRule, code: string): CountingRule {
  return {
    ...rule,
    check(body, given) {
      const violation = rule.check(body, given);
      return violation && { ...violation, code };
    },
  };
}
