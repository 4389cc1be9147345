import type { RuleTable } from './rule-table.ts';
import { oneOf, positive, valueRule } from './value-rules.ts';

const polling = { '': positive('poll_frequency', 'poll_timeout') };

/** Rules of `remote.*`, after their `Validate` in the reference. */
export const remoteRules: RuleTable = {
  'remote.kubernetes.configmap': polling,
  'remote.kubernetes.secret': polling,
  'remote.s3': {
    '': [
      valueRule<number>('poll_frequency', (value) =>
        value > 30_000 ? undefined : { message: '`poll_frequency` must be greater than 30s' },
      ),
    ],
  },
  'remote.vault': {
    '': [
      {
        reads: [],
        check(_body, given) {
          const [first, second] = [...given].filter((name) => name.startsWith('auth.'));
          if (first === undefined) {
            return {
              message: 'a block `auth.…` is missing',
              hint: 'say how to log in, as in `auth.token { … }`',
            };
          }
          if (second === undefined) return undefined;
          return { message: `\`${first}\` and \`${second}\` are given, and only one may be`, field: second };
        },
      },
    ],
    'auth.aws': [oneOf('type', 'ec2', 'iam'), oneOf('ec2_signature_type', 'pkcs7', 'identity')],
    'auth.gcp': [
      oneOf('type', 'gce', 'iam'),
      valueRule<string>(
        'type',
        (type, { iam_service_account: account }) =>
          type === 'iam' && account === ''
            ? { message: 'type `iam` needs `iam_service_account`' }
            : undefined,
        ['iam_service_account'],
      ),
    ],
  },
};
