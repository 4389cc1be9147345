import {
  block,
  body,
  bool,
  duration,
  EvaluationError,
  type Infer,
  list,
  optional,
  type Rule,
  type RuleViolation,
  required,
  requiredBlock,
  secret,
  string,
  type TextKind,
  text,
  withDefault,
} from '@pewter/language';
import type { ConfigBlockDefinition } from '@pewter/runtime';
import { cipherSuites, clientAuthTypes, curves, tlsVersions } from './tls-words.ts';

/** A word of a fixed set; the empty text, where it is allowed, stands for nothing given. */
function word(name: string, what: string, words: readonly string[], empty = false): TextKind<string> {
  return {
    name,
    parse(given) {
      if (words.includes(given) || (empty && given === '')) return given;
      throw new EvaluationError('E0315', `unknown ${what} "${given}"`, {
        hint: `one of ${words.join(', ')}`,
      });
    },
  };
}

const version = text(word('http.TLSVersion', 'TLS version', Object.keys(tlsVersions), true));
const cipher = text(word('http.TLSCipher', 'cipher suite', Object.keys(cipherSuites)));
const curve = text(word('http.TLSCurve', 'curve', Object.keys(curves)));
const clientAuth = text(word('http.ClientAuth', 'kind of client authentication', clientAuthTypes));

const windowsFilter = body({
  server: requiredBlock(
    body({
      store: withDefault(string, ''),
      system_store: withDefault(string, ''),
      issuer_common_names: optional(list(string)),
      template_id: withDefault(string, ''),
      refresh_interval: withDefault(duration, '5m'),
    }),
  ),
  client: requiredBlock(
    body({
      issuer_common_names: optional(list(string)),
      subject_regex: withDefault(string, ''),
      template_id: withDefault(string, ''),
    }),
  ),
});

const tlsFields = {
  cert_pem: withDefault(string, ''),
  cert_file: withDefault(string, ''),
  key_pem: optional(secret),
  key_file: withDefault(string, ''),
  client_ca_pem: withDefault(string, ''),
  client_ca_file: withDefault(string, ''),
  client_auth_type: withDefault(clientAuth, 'NoClientCert'),
  cipher_suites: withDefault(list(cipher), []),
  curve_preferences: withDefault(list(curve), []),
  min_version: withDefault(version, ''),
  max_version: withDefault(version, ''),
  windows_certificate_filter: block(windowsFilter),
};

/** The decoded `tls` block. */
export type HttpTls = Infer<ReturnType<typeof body<typeof tlsFields>>>;

const tlsRule: Rule = {
  reads: Object.keys(tlsFields),
  check: (decoded) => tlsViolation(decoded as unknown as HttpTls),
};

/** A config for Windows is sound; on other systems it is refused where it is to be run, here always. */
const onlyOnWindows: RuleViolation = {
  code: 'W0501',
  severity: 'warning',
  message: 'only Alloy on Windows reads its certificate store: such a config cannot be run here',
  hint: 'elsewhere give `cert_file` and `key_file`',
  field: 'windows_certificate_filter',
};

function tlsViolation(tls: HttpTls) {
  if (tls.windows_certificate_filter !== undefined) return onlyOnWindows;
  const key = tls.key_pem?.reveal() ?? '';
  const pairs = [
    ['cert', tls.cert_pem, tls.cert_file, true],
    ['key', key, tls.key_file, true],
    ['client_ca', tls.client_ca_pem, tls.client_ca_file, false],
  ] as const;
  for (const [name, pem, file, needed] of pairs) {
    if (pem !== '' && file !== '')
      return {
        message: `\`${name}_pem\` and \`${name}_file\` are both given`,
        hint: 'keep one',
        field: `${name}_file`,
      };
    if (needed && pem === '' && file === '')
      return { message: `a server needs \`${name}_pem\` or \`${name}_file\``, hint: 'give one of them' };
  }
  if (tls.client_auth_type !== 'NoClientCert' || (tls.client_ca_pem === '' && tls.client_ca_file === ''))
    return undefined;
  const hint = 'add `client_auth_type = "RequireAndVerifyClientCert"`';
  return { message: 'a client authority is given, and no client is asked for a certificate', hint };
}

/** Such a filter lets everyone in everywhere, which is hardly meant. */
const filterRule: Rule = {
  reads: ['paths', 'authenticate_matching_paths'],
  check({ paths, authenticate_matching_paths: matching }) {
    if (!Array.isArray(paths) || paths.length > 0 || matching !== true) return undefined;
    const message = 'a `filter` without `paths` guards nothing';
    return { code: 'W0501', severity: 'warning', message, hint: 'leave `filter` out to guard everything' };
  },
};

/** Without a name and a password nobody is asked for them. */
const basicRule: Rule = {
  reads: [],
  check(_, given) {
    if (given.has('basic')) return undefined;
    const message = '`auth` without a block `basic` guards nothing';
    const hint = 'add `basic` with `username` and `password`, or remove `auth`';
    return { code: 'W0501', severity: 'warning', message, hint };
  },
};

const auth = body(
  {
    basic: block(body({ username: required(string), password: required(secret) })),
    filter: block(
      body({ paths: withDefault(list(string), []), authenticate_matching_paths: withDefault(bool, true) }, [
        filterRule,
      ]),
    ),
  },
  [basicRule],
);

const httpArguments = body({ auth: block(auth), tls: block(body(tlsFields, [tlsRule])) });

/** The decoded `http` block. */
export type HttpSettings = Infer<typeof httpArguments>;
/** The decoded `auth` block. */
export type HttpAuth = Infer<typeof auth>;

/** `http`: TLS and authentication of the program's own HTTP server. */
export const httpBlock: ConfigBlockDefinition = {
  name: 'http',
  stability: 'generally-available',
  arguments: httpArguments,
};
