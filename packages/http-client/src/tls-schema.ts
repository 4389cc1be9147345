import {
  body,
  bool,
  EvaluationError,
  type Infer,
  optional,
  type Rule,
  type RuleViolation,
  secret,
  string,
  type TextKind,
  text,
  withDefault,
} from '@pewter/language';
import type { HttpClientCode } from './codes.ts';

/** A TLS version as Node's options name it. */
export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

const versions: ReadonlyMap<string, TlsVersion> = new Map([
  ['TLS10', 'TLSv1'],
  ['TLS11', 'TLSv1.1'],
  ['TLS12', 'TLSv1.2'],
  ['TLS13', 'TLSv1.3'],
]);

const versionKind: TextKind<TlsVersion> = {
  name: 'config.TLSVersion',
  parse(given) {
    const version = versions.get(given);
    if (version !== undefined) return version;
    const hint = `one of ${[...versions.keys()].join(', ')}`;
    throw new EvaluationError('E0315', `\`${given}\` is no TLS version`, { hint });
  },
};

const fields = {
  ca_pem: withDefault(string, ''),
  ca_file: withDefault(string, ''),
  cert_pem: withDefault(string, ''),
  cert_file: withDefault(string, ''),
  key_pem: optional(secret),
  key_file: withDefault(string, ''),
  server_name: withDefault(string, ''),
  insecure_skip_verify: withDefault(bool, false),
  min_version: optional(text(versionKind)),
};

type TlsFields = Infer<ReturnType<typeof body<typeof fields>>>;

const sources: readonly Rule[] = [
  { reads: Object.keys(fields), check: (decoded) => sourceViolation(decoded as TlsFields) },
];

/** The body of a `tls_config` block. */
export const tlsConfigBody = body(fields, sources);

/** The decoded arguments of a `tls_config` block. */
export type TlsArguments = TlsFields;

function sourceViolation(tls: TlsFields): RuleViolation | undefined {
  const key = tls.key_pem?.reveal() ?? '';
  const pairs = [
    ['ca', tls.ca_pem, tls.ca_file],
    ['cert', tls.cert_pem, tls.cert_file],
    ['key', key, tls.key_file],
  ] as const;
  const twice = pairs.find(([, pem, file]) => pem !== '' && file !== '');
  if (twice !== undefined) {
    const [name] = twice;
    return {
      code: 'E0523' satisfies HttpClientCode,
      message: `\`${name}_pem\` and \`${name}_file\` are both given`,
      hint: 'keep one',
      field: `${name}_file`,
    };
  }
  const hasCertificate = tls.cert_pem !== '' || tls.cert_file !== '';
  const hasKey = key !== '' || tls.key_file !== '';
  if (hasCertificate === hasKey) return undefined;
  return {
    code: 'E0526' satisfies HttpClientCode,
    message: 'a client certificate needs both a certificate and its key',
    hint: 'give `cert_…` and `key_…`',
  };
}
