import type { Rule } from '@pewter/language';
import { atMostOne, isSet } from './count-rules.ts';

type Decoded = Readonly<Record<string, unknown>>;

/** Arguments of the HTTP client that count as soon as they are written, whatever they hold. */
const written = [
  'basic_auth',
  'authorization',
  'oauth2',
  'proxy_url',
  'proxy_connect_header',
  'no_proxy',
  'proxy_from_environment',
  'http_headers',
] as const;
const counted = ['bearer_token', 'bearer_token_file'] as const;
const onByDefault = ['follow_redirects', 'enable_http2'] as const;

/**
 * The arguments of the HTTP client, where a component speaks to the API of Kubernetes: they are for `api_server` alone. After the
 * reference's internal/component/common/kubernetes.
 */
export const kubernetesClientRules: readonly Rule[] = [
  atMostOne(['api_server {}', 'kubeconfig_file']),
  {
    reads: [],
    check(body, given) {
      const field = changed(body, given);
      if (field === undefined || given.has('api_server')) return undefined;
      return { message: `\`${field}\` needs \`api_server\``, field };
    },
  },
];

/** An argument of the HTTP client that is not as it is by default. */
function changed(body: Decoded, given: ReadonlySet<string>): string | undefined {
  return (
    written.find((name) => given.has(name)) ??
    counted.find((name) => isSet(body[name])) ??
    onByDefault.find((name) => body[name] === false) ??
    (holdsSomething(body.tls_config) ? 'tls_config' : undefined)
  );
}

function holdsSomething(block: unknown): boolean {
  return typeof block === 'object' && block !== null && Object.values(block).some(isSet);
}
