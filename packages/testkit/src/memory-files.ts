import type { Cancel, FileFacts, Files } from '@pewter/runtime';

/** Files in memory. `write` and `remove` tell those who watch, in the same call. */
export class MemoryFiles implements Files {
  readonly #contents = new Map<string, Uint8Array>();
  readonly #links = new Map<string, string>();
  readonly #modified = new Map<string, number>();
  readonly #watchers = new Map<string, Set<() => void>>();

  constructor(contents: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [path, content] of Object.entries(contents)) this.write(path, content);
  }

  /** Makes or replaces a file; `modified` is in milliseconds since the Unix epoch. */
  write(path: string, content: string | Uint8Array, modified = 0): void {
    this.#contents.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    this.#modified.set(path, modified);
    this.#notify(path);
  }

  /** Makes a symbolic link that only `readLink` knows of. */
  link(path: string, target: string): void {
    this.#links.set(path, target);
  }

  /** Removes a file; reading it then fails with `ENOENT`. */
  remove(path: string): void {
    this.#contents.delete(path);
    this.#notify(path);
  }

  async read(path: string): Promise<Uint8Array> {
    return this.readNow(path);
  }

  readNow(path: string): Uint8Array {
    const content = this.#contents.get(path);
    if (content !== undefined) return content;
    throw Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), {
      code: 'ENOENT',
      path,
    });
  }

  async list(path: string): Promise<readonly string[] | undefined> {
    if (this.#contents.has(path)) return undefined;
    const folder = path.replace(/\/$/, '');
    const inside = [...this.#contents.keys()].filter((one) => one.startsWith(`${folder}/`));
    if (inside.length === 0) await this.read(path);
    return [...new Set(inside.map((one) => one.slice(folder.length + 1).split('/')[0] ?? ''))];
  }

  async stat(path: string): Promise<FileFacts> {
    if ((await this.list(path)) !== undefined) return { kind: 'folder', modified: 0, id: path };
    return { kind: 'file', modified: this.#modified.get(path) ?? 0, id: path };
  }

  async readLink(path: string): Promise<string> {
    const target = this.#links.get(path);
    if (target !== undefined) return target;
    throw Object.assign(new Error(`ENOENT: no such file or directory, readlink '${path}'`), {
      code: 'ENOENT',
      path,
    });
  }

  watchFolder(folder: string, changed: () => void): Cancel {
    return this.watch(`${folder.replace(/\/$/, '')}/*`, changed);
  }

  watch(path: string, changed: () => void): Cancel {
    const watchers = this.#watchers.get(path) ?? new Set();
    // A function of its own per watch, so that one callback may watch twice.
    const watcher = () => changed();
    this.#watchers.set(path, watchers.add(watcher));
    return () => void watchers.delete(watcher);
  }

  /** How many watches are open; zero once everything that a test started has been stopped. */
  get watching(): number {
    return [...this.#watchers.values()].reduce((sum, watchers) => sum + watchers.size, 0);
  }

  #notify(path: string): void {
    const entries = path.replace(/[^/]*$/, '*');
    for (const watched of [path, entries])
      for (const watcher of [...(this.#watchers.get(watched) ?? [])]) watcher();
  }
}
