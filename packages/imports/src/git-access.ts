import { textFromBytes } from '@pewter/language';
import type { Files } from '@pewter/runtime';
import type { GitArguments } from './git.ts';

/** How a repository is reached: an address that may be seen, and what may not. */
export interface GitAccess {
  /** Without credentials. */
  readonly repository: string;
  readonly environment: (folder: string) => Readonly<Record<string, string>>;
  readonly privateFiles: Readonly<Record<string, string>>;
  /** Texts that no message may hold. */
  readonly secrets: readonly string[];
}

const open: GitAccess = { repository: '', environment: () => ({}), privateFiles: {}, secrets: [] };

/** Sorts out the credentials of an import: those in its blocks, or else those in its address. */
export async function gitAccess(args: GitArguments, files: Pick<Files, 'read'>): Promise<GitAccess> {
  const { address, user, password } = apart(args.repository);
  if (args.ssh_key !== undefined && isSsh(address)) return sshAccess(address, args.ssh_key);
  if (!/^https?:/i.test(address)) return { ...open, repository: args.repository };
  const { basic_auth: basic } = args;
  if (basic === undefined) {
    return user === undefined ? { ...open, repository: address } : basicAccess(address, user, password ?? '');
  }
  const fromFile = basic.password_file === '' ? undefined : await readText(files, basic.password_file);
  return basicAccess(address, basic.username, basic.password?.reveal() ?? fromFile ?? '');
}

async function readText(files: Pick<Files, 'read'>, path: string): Promise<string> {
  return textFromBytes(await files.read(path)).trim();
}

/** A URL without the user and password in it; everything else as it is. */
function apart(repository: string): { address: string; user?: string; password?: string } {
  if (!/^https?:/i.test(repository) || !URL.canParse(repository)) return { address: repository };
  const url = new URL(repository);
  const [user, password] = [url.username, url.password].map((one) => decodeURIComponent(one));
  if (!user && !password) return { address: repository };
  url.username = '';
  url.password = '';
  return { address: url.href, user: user ?? '', password: password ?? '' };
}

function isSsh(address: string): boolean {
  return /^(git\+)?ssh:/i.test(address) || /^[^/:]+:(?!\/\/)/.test(address);
}

/** As configuration in the environment, bound to the server's address: redirected elsewhere, Git does not send it. */
function basicAccess(repository: string, user: string, password: string): GitAccess {
  const token = Buffer.from(`${user}:${password}`).toString('base64');
  const environment = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${new URL(repository).origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${token}`,
  };
  return { ...open, repository, environment: () => environment, secrets: [password, token] };
}

type SshKey = NonNullable<GitArguments['ssh_key']>;

function sshAccess(repository: string, { username, key, key_file: file, passphrase }: SshKey): GitAccess {
  const text = key?.reveal();
  const asked = passphrase?.reveal();
  const identity = (folder: string) => (text === undefined ? file : `${folder}/key`);
  const options = ['-o IdentitiesOnly=yes', '-o StrictHostKeyChecking=yes', `-l ${quoted(username)}`];
  if (asked === undefined) options.push('-o BatchMode=yes');
  return {
    repository,
    environment: (folder) => ({
      GIT_SSH_COMMAND: ['ssh', '-i', quoted(identity(folder)), ...options].join(' '),
      ...(asked !== undefined && {
        SSH_ASKPASS: `${folder}/askpass`,
        SSH_ASKPASS_REQUIRE: 'force',
        PEWTER_PASSPHRASE: asked,
      }),
    }),
    privateFiles: {
      ...(text !== undefined && { key: text.endsWith('\n') ? text : `${text}\n` }),
      ...(asked !== undefined && { askpass: '#!/bin/sh\nprintf \'%s\\n\' "$PEWTER_PASSPHRASE"\n' }),
    },
    secrets: [text, asked].filter((one) => one !== undefined),
  };
}

/** One word for the shell that Git hands its ssh command to. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
