import { EventEmitter, once } from 'node:events';

/** Things in the order in which they happened, and a way to wait for what is still to happen. */
export class Journal<T> {
  readonly entries: T[] = [];
  readonly #added = new EventEmitter();

  add(entry: T): void {
    this.entries.push(entry);
    this.#added.emit('added');
  }

  /**
   * Resolves as soon as `holds` does of the entries; rejects after `timeout` milliseconds with `what` was
   * waited for and the entries there are.
   */
  async until(
    holds: (entries: readonly T[]) => boolean,
    what: string,
    timeout = 10_000,
  ): Promise<readonly T[]> {
    const signal = AbortSignal.timeout(timeout);
    while (!holds(this.entries)) {
      await once(this.#added, 'added', { signal }).catch((cause: unknown) => {
        throw new Error(`waited ${timeout} ms for ${what}; there is ${shown(this.entries)}`, { cause });
      });
    }
    return this.entries;
  }
}

function shown(entries: readonly unknown[]): string {
  const last = entries
    .slice(-20)
    .map((entry) => `\n  ${typeof entry === 'string' ? entry : JSON.stringify(entry)}`);
  return entries.length === 0 ? 'nothing' : `${entries.length} of them, the last:${last.join('')}`;
}
