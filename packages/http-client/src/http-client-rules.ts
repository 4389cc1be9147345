import { asWarning, type Rule, type RuleViolation, type Secret } from '@pewter/language';
import type { HttpClientCode } from './codes.ts';
import type { HttpClientArguments, httpClientFields, OAuth2Arguments } from './http-client-schema.ts';
import type { ProxyArguments } from './proxy-for.ts';
import { unusableArguments } from './unusable-arguments.ts';

const codes = {
  authentication: 'E0521',
  header: 'E0522',
  twice: 'E0523',
  unfit: 'E0524',
  proxy: 'E0525',
} as const satisfies Record<string, HttpClientCode>;

/** Refuses more than one way to authenticate, and names those that are given. */
export const oneAuthentication: Rule = {
  reads: ['basic_auth', 'authorization', 'oauth2', 'bearer_token', 'bearer_token_file'],
  check(decoded) {
    const args = decoded as Partial<HttpClientArguments>;
    const given = [
      ['basic_auth', args.basic_auth !== undefined],
      ['authorization', args.authorization !== undefined],
      ['oauth2', args.oauth2 !== undefined],
      ['bearer_token', (args.bearer_token?.reveal() ?? '') !== ''],
      ['bearer_token_file', (args.bearer_token_file ?? '') !== ''],
    ] as const;
    const names = given.filter(([, present]) => present).map(([name]) => name);
    const [, second] = names;
    if (second === undefined) return undefined;
    const message = `at most one way to authenticate may be given, and here are ${quoted(names)}`;
    return { code: codes.authentication, message, hint: 'keep one of them', field: second };
  },
};

/** Names that a user may not set, as in Prometheus: the client or the protocol owns them. */
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

const headerRule: Rule = {
  reads: ['http_headers'],
  check(decoded) {
    const { http_headers: headers } = decoded as Partial<HttpClientArguments>;
    const reserved = [...(headers?.keys() ?? [])].find((name) => reservedHeaders.has(name.toLowerCase()));
    if (reserved === undefined) return undefined;
    const hint = 'for credentials use `authorization` or `basic_auth`';
    return {
      code: codes.header,
      message: `header \`${reserved}\` may not be set in \`http_headers\``,
      hint,
      field: 'http_headers',
    };
  },
};

const sourceRule: Rule = {
  reads: ['basic_auth', 'authorization'],
  check(decoded) {
    const { basic_auth: basic, authorization } = decoded as Partial<HttpClientArguments>;
    if (isGiven(basic?.password) && basic?.password_file !== '') return both('password', 'basic_auth');
    if (isGiven(authorization?.credentials) && authorization?.credentials_file !== '') {
      return both('credentials', 'authorization');
    }
    if (authorization?.type.trim().toLowerCase() !== 'basic') return undefined;
    return {
      code: codes.unfit,
      message: '`authorization` can not be of type `basic`',
      hint: 'use `basic_auth`',
      field: 'authorization',
    };
  },
};

const oauth2Rule: Rule = {
  reads: ['oauth2'],
  check(decoded) {
    const { oauth2 } = decoded as Partial<HttpClientArguments>;
    if (oauth2 === undefined) return undefined;
    const field = 'oauth2';
    const missing = missingOf(oauth2);
    if (missing !== undefined) return unfit(`\`oauth2\` needs ${missing.what}`, missing.hint, field);
    const twice = isGiven(oauth2.client_secret) && oauth2.client_secret_file !== '';
    return twice ? both('client_secret', field) : undefined;
  },
};

function missingOf({ client_id, client_secret, client_secret_file, token_url }: OAuth2Arguments) {
  if (client_id === '') return { what: 'a `client_id`', hint: 'give it' };
  if (!isGiven(client_secret) && client_secret_file === '') {
    return { what: 'a `client_secret` or a `client_secret_file`', hint: 'give one of them' };
  }
  if (token_url !== '') return undefined;
  return { what: 'a `token_url`', hint: 'give the full URL of the token endpoint' };
}

/** Arguments of a proxy that fit together, in a client's body or in that of `oauth2`. */
export const proxyRule: Rule = {
  reads: ['proxy_url', 'no_proxy', 'proxy_from_environment', 'proxy_connect_header'],
  check: (decoded, given) => proxyViolation(decoded as Partial<ProxyArguments>, given.has('proxy_url')),
};

/**
 * Proxies that do not fit together, as Prometheus refuses them. For `no_proxy` a `proxy_url` that is empty will do, as one from a
 * variable of the environment may be.
 */
function proxyViolation(args: Partial<ProxyArguments>, urlGiven: boolean): RuleViolation | undefined {
  const { proxy_url: url = '', no_proxy: excluded = '', proxy_from_environment: environment = false } = args;
  const say = (message: string, hint: string, field: string) => ({ code: codes.proxy, message, hint, field });
  if (environment && url !== '') {
    return say('`proxy_url` and `proxy_from_environment` are both given', 'keep one', 'proxy_url');
  }
  if (environment && excluded !== '') {
    return say('`no_proxy` and `proxy_from_environment` are both given', 'set NO_PROXY instead', 'no_proxy');
  }
  if (!urlGiven && excluded !== '') {
    return say('`no_proxy` needs `proxy_url`', 'give `proxy_url`, or remove `no_proxy`', 'no_proxy');
  }
  if (url === '' && !environment && (args.proxy_connect_header?.size ?? 0) > 0) {
    const hint = 'give `proxy_url` or `proxy_from_environment`';
    return say('`proxy_connect_header` needs a proxy', hint, 'proxy_connect_header');
  }
  return undefined;
}

/** The rules that hold wherever {@link httpClientFields} are spread; {@link oneAuthentication} is for most of them. */
export const httpClientRules: readonly Rule[] = [
  headerRule,
  sourceRule,
  oauth2Rule,
  proxyRule,
  ...unusableArguments,
];

/**
 * The same for a component that looks at each block by itself and not at how they fit together, such as
 * `discovery.http` in the reference: what does not fit is a warning there.
 */
export const lenientHttpClientRules: readonly Rule[] = [
  sourceRule,
  oauth2Rule,
  ...[oneAuthentication, headerRule, proxyRule].map(asWarning),
  ...unusableArguments,
];

/** An empty secret is none, as in the reference. */
function isGiven(secret: Secret | undefined): boolean {
  return secret !== undefined && secret.reveal() !== '';
}

function both(name: string, field: keyof typeof httpClientFields): RuleViolation {
  return {
    code: codes.twice,
    message: `\`${name}\` and \`${name}_file\` are both given`,
    hint: 'keep one',
    field,
  };
}

function unfit(message: string, hint: string, field: string): RuleViolation {
  return { code: codes.unfit, message, hint, field };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' and ');
}
