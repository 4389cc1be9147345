import { join } from 'node:path';
import type { GitCommand } from './git-command.ts';

/** Deeper than any history: what a shallow clone lacks is fetched too. */
const wholeHistory = '--depth=2147483647';

/** A clone of a repository, with the files of one revision laid out in its folder. */
export class GitClone {
  readonly #repository: string;
  readonly #place: readonly string[];
  readonly #git: GitCommand;
  readonly #folder: string;

  constructor(folder: string, repository: string, git: GitCommand) {
    this.#folder = folder;
    this.#repository = repository;
    this.#git = git;
    this.#place = [`--git-dir=${join(folder, '.git')}`, `--work-tree=${folder}`];
  }

  /** True when the files of some revision are there. */
  async exists(): Promise<boolean> {
    return (await this.#commit('HEAD')) !== undefined;
  }

  /** Fetches a branch, tag or commit and lays its files out; nothing is fetched that is there already. */
  async update(revision: string): Promise<void> {
    await this.#git.run(['init', '--quiet', '--template=', '--', this.#folder]);
    const wanted = await this.#look(revision);
    const commit = wanted.commit ?? (await this.#commit(revision));
    if (commit !== undefined && commit === (await this.#commit('HEAD'))) return;
    await this.#fetch(wanted.ref, revision);
    // Links could lead out of the clone, so they are laid out as plain files.
    const safe = ['-c', 'core.symlinks=false', '-c', 'core.hooksPath=/dev/null'];
    const target = (await this.#commit(wanted.ref === undefined ? revision : 'FETCH_HEAD')) ?? 'FETCH_HEAD';
    await this.#own([...safe, 'checkout', '--quiet', '--force', '--detach', target]);
  }

  /** What the repository calls the revision: a tag before a branch, as in the reference. */
  async #look(revision: string): Promise<{ readonly ref?: string; readonly commit?: string }> {
    const lines = (await this.#git.run(['ls-remote', '--', this.#repository])).split('\n');
    const listed = new Map(lines.map((line) => line.split('\t') as [string, string]).map(([a, b]) => [b, a]));
    const names = [`refs/tags/${revision}`, `refs/heads/${revision}`, revision];
    const ref = names.find((name) => listed.has(name));
    const commit = listed.get(`${ref}^{}`) ?? listed.get(ref ?? '');
    if (ref !== undefined && commit !== undefined) return { ref, commit };
    return /^[0-9a-f]{40}$/.test(revision) ? { ref: revision, commit: revision } : {};
  }

  async #fetch(ref: string | undefined, revision: string): Promise<void> {
    const common = ['fetch', '--quiet', '--force', '--no-tags', '--no-recurse-submodules'];
    if (ref !== undefined) {
      await this.#own([...common, '--depth=1', '--', this.#repository, ref]);
      return;
    }
    const all = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'];
    await this.#own([...common, wholeHistory, '--', this.#repository, ...all]);
    if ((await this.#commit(revision)) === undefined)
      throw new Error(`the repository has no branch, tag or commit \`${revision}\``);
  }

  async #commit(name: string): Promise<string | undefined> {
    const asked = ['rev-parse', '--quiet', '--verify', '--end-of-options', `${name}^{commit}`];
    const { status, stdout } = await this.#git.ask([...this.#place, ...asked]);
    return status === 0 ? stdout.trim() : undefined;
  }

  #own(args: readonly string[]): Promise<string> {
    return this.#git.run([...this.#place, ...args]);
  }
}
