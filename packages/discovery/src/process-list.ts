import type { ComponentContext, Files } from '@pewter/runtime';
import { Target } from './target.ts';

/** Which facts of a process become labels. */
export interface ProcessFacts {
  readonly cwd: boolean;
  readonly exe: boolean;
  readonly commandline: boolean;
  readonly username: boolean;
  readonly uid: boolean;
  readonly container_id: boolean;
  readonly cgroup_path: boolean;
}

/** Every process of the machine as a target. One whose facts may not be read, or that is gone, is left out. */
export async function listProcesses(
  files: Files,
  facts: ProcessFacts,
  logger: ComponentContext['logger'],
): Promise<readonly Target[]> {
  const names = (await files.list('/proc')) ?? [];
  const pids = names.filter((name) => /^\d+$/.test(name)).sort((left, right) => Number(left) - Number(right));
  const userNames = facts.username ? await namesOfUsers(files) : new Map<string, string>();
  const found = await Promise.all(
    pids.map(async (pid) => {
      try {
        return [await processTarget(files, pid, facts, userNames)];
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code !== 'ENOENT' && code !== 'ESRCH') logger.debug({ pid, err: message }, 'process left out');
        return [];
      }
    }),
  );
  return found.flat();
}

async function processTarget(
  files: Files,
  pid: string,
  facts: ProcessFacts,
  userNames: ReadonlyMap<string, string>,
): Promise<Target> {
  const at = (name: string) => `/proc/${pid}/${name}`;
  const labels = new Map([['__process_pid__', pid]]);
  const set = (name: string, value: string | undefined) => {
    if (value) labels.set(name, value);
  };
  if (facts.exe) set('__meta_process_exe', await files.readLink(at('exe')));
  if (facts.cwd) set('__meta_process_cwd', await files.readLink(at('cwd')));
  if (facts.commandline) set('__meta_process_commandline', commandLine(await text(files, at('cmdline'))));
  if (facts.username || facts.uid) {
    const status = await text(files, at('status')).catch(() => '');
    const uid = /^Uid:\s+(\d+)/m.exec(status)?.[1];
    if (facts.uid) set('__meta_process_uid', uid);
    if (facts.username) set('__meta_process_username', userNames.get(uid ?? ''));
  }
  if (facts.container_id || facts.cgroup_path) {
    const lines = (await text(files, at('cgroup'))).trim().split('\n');
    if (facts.cgroup_path) set('__meta_process_cgroup_path', lines.join('|'));
    if (facts.container_id) set('__container_id__', containerId(lines));
  }
  return new Target(labels);
}

function commandLine(text: string): string {
  // Empty arguments do not show, as in the reference.
  return text.split('\0').filter(Boolean).join(' ');
}

const containerLine = /^.*\/(?:.*-)?([0-9a-f]{64})(?:\.|\s*$)/;

function containerId(lines: readonly string[]): string | undefined {
  return lines.map((line) => containerLine.exec(line)?.[1]).find((id) => id !== undefined);
}

/** `/etc/passwd` by user id; empty where it can not be read. */
async function namesOfUsers(files: Files): Promise<ReadonlyMap<string, string>> {
  const lines = (await text(files, '/etc/passwd').catch(() => '')).split('\n');
  return new Map(lines.map((line) => line.split(':')).map(([name = '', , uid = '']) => [uid, name]));
}

async function text(files: Files, path: string): Promise<string> {
  return Buffer.from(await files.read(path)).toString('utf8');
}
