import type { ProgramResult, Programs } from '@pewter/runtime';
import type { GitAccess } from './git-access.ts';

/** Runs Git. */
export interface GitCommand {
  /** What it wrote. Rejects with what it said where its status is not zero, without secrets. */
  run(args: readonly string[]): Promise<string>;
  /** How it ended, whatever its status. */
  ask(args: readonly string[]): Promise<ProgramResult>;
}

/** A clone of a large repository over a slow line has this long. */
const timeoutMs = 5 * 60_000;

/** It asks nobody at a terminal, and speaks no protocol that runs programs; a hook or filter around us has no say in it. */
const unattended: Readonly<Record<string, string | undefined>> = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_ALLOW_PROTOCOL: 'http:https:ssh:git:file',
  LC_ALL: 'C',
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_NAMESPACE: undefined,
  GIT_PREFIX: undefined,
};

/** Git with the credentials for one repository. */
export function gitCommand(programs: Programs, access: GitAccess, signal: AbortSignal): GitCommand {
  const ask = (args: readonly string[]) =>
    programs.run('git', args, {
      environment: (folder) => ({ ...unattended, ...access.environment(folder) }),
      privateFiles: access.privateFiles,
      signal,
      timeoutMs,
    });
  return {
    ask,
    async run(args) {
      const { status, stdout, stderr } = await ask(args);
      if (status === 0) return stdout;
      throw new Error(hide(reasonIn(stderr) ?? `git ended with status ${status}`, access.secrets));
    },
  };
}

/** Git's last word is what it failed of; lines before it tell what it was doing. */
function reasonIn(stderr: string): string | undefined {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const fatal = lines.find((line) => /^(fatal|error):/.test(line));
  return (fatal ?? lines.at(-1))?.trim();
}

function hide(text: string, secrets: readonly string[]): string {
  const hidden = secrets
    .filter((one) => one !== '')
    .reduce((at, one) => at.replaceAll(one, '(secret)'), text);
  return hidden.replace(/(?<=:\/\/)[^/@\s']*@/g, '(secret)@');
}
