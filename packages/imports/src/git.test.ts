import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { ImportOutside } from '@pewter/runtime';
import { realOutside } from '@pewter/runtime/running';
import { decoded } from './decode.test-help.ts';
import { importGit } from './git.ts';

const identity = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@b',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@b',
};

/** A repository of a test, in a folder that also has room for clones. */
class Repository {
  readonly root: string;
  readonly path: string;

  constructor(t: TestContext) {
    this.root = mkdtempSync(join(tmpdir(), 'pewter-git-'));
    this.path = join(this.root, 'origin');
    t.after(() => rmSync(this.root, { recursive: true, force: true }));
    mkdirSync(this.path);
    this.git('init', '--quiet', '--initial-branch=main');
  }

  git(...args: string[]): string {
    const options = { cwd: this.path, env: { ...process.env, ...identity }, encoding: 'utf8' } as const;
    return execFileSync('git', args, options).trim();
  }

  /** Commits files by path and text; gives the commit. */
  commit(files: Readonly<Record<string, string>>): string {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(this.path, path, '..'), { recursive: true });
      writeFileSync(join(this.path, path), text);
    }
    this.git('add', '.');
    this.git('commit', '--quiet', '--message=one');
    return this.git('rev-parse', 'HEAD');
  }

  get outside(): ImportOutside {
    return { ...realOutside(), storagePath: join(this.root, 'store') };
  }

  /** Imports with these arguments: the texts by their path in the clone. */
  async read(body: string) {
    const args = decoded(importGit, `repository = ${JSON.stringify(this.path)}\n${body}`);
    const {
      texts,
      folder = '',
      stale,
    } = await importGit.read(this.outside, args, AbortSignal.timeout(60_000));
    const entries = texts.map(({ name, text }) => [name.slice(folder.length + 1), text]);
    return { texts: Object.fromEntries(entries), folder, stale };
  }
}

describe('import.git', () => {
  test('reads a file of the branch that the repository is on, and again what was committed later', async (t) => {
    const repository = new Repository(t);
    repository.commit({ 'mods/a.alloy': 'declare "a" { }' });
    const first = await repository.read('path = "mods/a.alloy"');
    assert.deepEqual(first.texts, { 'mods/a.alloy': 'declare "a" { }' });
    repository.commit({ 'mods/a.alloy': 'declare "b" { }' });
    const second = await repository.read('path = "mods/a.alloy"');
    assert.deepEqual(second, {
      texts: { 'mods/a.alloy': 'declare "b" { }' },
      folder: first.folder,
      stale: undefined,
    });
  });

  test('reads all modules of a folder, and none of what is not one', async (t) => {
    const repository = new Repository(t);
    repository.commit({ 'mods/a.alloy': 'a', 'mods/b.alloy': 'b', 'mods/README.md': 'c' });
    assert.deepEqual((await repository.read('path = "mods/"')).texts, {
      'mods/a.alloy': 'a',
      'mods/b.alloy': 'b',
    });
  });

  test('takes branches, tags before branches of the same name, and commits in full and in short', async (t) => {
    const repository = new Repository(t);
    const first = repository.commit({ 'a.alloy': 'first' });
    repository.git('tag', '-a', 'v1', '-m', 'v1');
    repository.commit({ 'a.alloy': 'second' });
    repository.git('checkout', '--quiet', '-b', 'dev');
    repository.commit({ 'a.alloy': 'third' });
    repository.git('branch', 'v1');
    repository.git('checkout', '--quiet', 'main');
    for (const [revision, expected] of [
      ['HEAD', 'second'],
      ['main', 'second'],
      ['dev', 'third'],
      ['v1', 'first'],
      [first, 'first'],
      [first.slice(0, 9), 'first'],
    ] as const) {
      const { texts } = await repository.read(`path = "a.alloy"\nrevision = "${revision}"`);
      assert.deepEqual(texts, { 'a.alloy': expected }, revision);
    }
  });

  test('follows a branch that was rewritten', async (t) => {
    const repository = new Repository(t);
    repository.commit({ 'a.alloy': 'first' });
    await repository.read('path = "a.alloy"');
    writeFileSync(join(repository.path, 'a.alloy'), 'amended');
    repository.git('commit', '--quiet', '--all', '--amend', '--message=other');
    assert.deepEqual((await repository.read('path = "a.alloy"')).texts, { 'a.alloy': 'amended' });
  });

  test('goes on with its clone when the repository cannot be reached, and says so', async (t) => {
    const repository = new Repository(t);
    repository.commit({ 'a.alloy': 'first' });
    await repository.read('path = "a.alloy"');
    rmSync(repository.path, { recursive: true });
    const { texts, stale } = await repository.read('path = "a.alloy"');
    assert.deepEqual(texts, { 'a.alloy': 'first' });
    assert.match(stale ?? '', /does not appear to be a git repository/);
  });

  test('says what is wrong where there is nothing to go on with', async (t) => {
    const repository = new Repository(t);
    repository.commit({ 'a.alloy': 'first' });
    await assert.rejects(
      repository.read('path = "a.alloy"\nrevision = "gone"'),
      /no branch, tag or commit `gone`/,
    );
    await assert.rejects(repository.read('path = "gone.alloy"'), /ENOENT/);
    rmSync(repository.path, { recursive: true });
    await assert.rejects(
      repository.read('path = "a.alloy"\nrevision = "main"'),
      /does not appear to be a git repository/,
    );
  });

  test('does not follow links out of the clone', async (t) => {
    const repository = new Repository(t);
    symlinkSync('/etc/passwd', join(repository.path, 'a.alloy'));
    repository.commit({ 'b.alloy': '' });
    assert.deepEqual((await repository.read('path = "a.alloy"')).texts, { 'a.alloy': '/etc/passwd' });
  });

  test('reads at the same time from one clone', async (t) => {
    const repository = new Repository(t);
    repository.commit({ 'a.alloy': 'a', 'b.alloy': 'b' });
    const both = await Promise.all([
      repository.read('path = "a.alloy"'),
      repository.read('path = "b.alloy"'),
    ]);
    assert.deepEqual(
      both.map((one) => Object.values(one.texts)[0]),
      ['a', 'b'],
    );
  });

  test('refuses paths that lead out, and names that Git would take for flags', () => {
    for (const body of [
      'repository = "r"\npath = "../a"',
      'repository = "r"\npath = "/a"',
      'repository = "--upload-pack=x"\npath = "a"',
      'repository = "r"\nrevision = "-x"\npath = "a"',
    ])
      assert.throws(() => decoded(importGit, body), /E0\d+/, body);
  });
});
