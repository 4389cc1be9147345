import {
  block,
  body,
  duration,
  type Infer,
  optional,
  type Rule,
  required,
  secret,
  string,
  withDefault,
} from '@pewter/language';
import { defineImport, pollEvery } from '@pewter/runtime';
import { insideOf } from './inside-of.ts';

const staysInside: Rule = {
  reads: ['path'],
  check({ path }) {
    if (insideOf(String(path)) !== undefined) return undefined;
    return {
      message: '`path` leads out of the repository',
      hint: 'give it from the root of the repository on, as in `modules/a.alloy`',
      field: 'path',
    };
  },
};

/** Git would take such a text for a flag. */
const noFlags: Rule = {
  reads: ['repository', 'revision'],
  check({ repository, revision }) {
    for (const [field, value] of [
      ['repository', repository],
      ['revision', revision],
    ] as const) {
      if (value === '' || String(value).startsWith('-')) return { message: `\`${field}\` names none`, field };
    }
    return undefined;
  },
};

const oneKey: Rule = {
  reads: ['key', 'key_file'],
  check: ({ key, key_file: file }) =>
    key === undefined && file === ''
      ? { message: '`ssh_key` needs `key` or `key_file`', field: 'key_file' }
      : undefined,
};

const gitArguments = body(
  {
    repository: required(string),
    revision: withDefault(string, 'HEAD'),
    path: required(string),
    pull_frequency: withDefault(duration, '60s'),
    basic_auth: block(
      body({
        username: withDefault(string, ''),
        password: optional(secret),
        password_file: withDefault(string, ''),
      }),
    ),
    ssh_key: block(
      body(
        {
          username: required(string),
          key: optional(secret),
          key_file: withDefault(string, ''),
          passphrase: optional(secret),
        },
        [oneKey],
      ),
    ),
  },
  [staysInside, noFlags],
);

/** The decoded arguments of `import.git`. */
export type GitArguments = Infer<typeof gitArguments>;

/** `import.git`: a module in a Git repository, pulled again each `pull_frequency`; 0 pulls once. */
export const importGit = defineImport({
  name: 'import.git',
  stability: 'generally-available',
  reach: 'network',
  arguments: gitArguments,
  async read(outside, args, signal) {
    const { readGit } = await import('./read-git.ts');
    return readGit(outside, args, signal);
  },
  watch: ({ clock }, { pull_frequency: frequency }, changed) => pollEvery(clock, frequency, changed),
});
