import type { Cancel, Files } from '@pewter/runtime';

/** Files in memory. `write` and `remove` tell those who watch, in the same call. */
export class MemoryFiles implements Files {
  readonly #contents = new Map<string, Uint8Array>();
  readonly #watchers = new Map<string, Set<() => void>>();

  constructor(contents: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [path, content] of Object.entries(contents)) this.write(path, content);
  }

  /** Makes or replaces a file. */
  write(path: string, content: string | Uint8Array): void {
    this.#contents.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    this.#notify(path);
  }

  /** Removes a file; reading it then fails with `ENOENT`. */
  remove(path: string): void {
    this.#contents.delete(path);
    this.#notify(path);
  }

  async read(path: string): Promise<Uint8Array> {
    const content = this.#contents.get(path);
    if (content !== undefined) return content;
    throw Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), {
      code: 'ENOENT',
      path,
    });
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
    for (const watcher of [...(this.#watchers.get(path) ?? [])]) watcher();
  }
}
