import { setTimeout as sleep } from 'node:timers/promises';
import type { Host, Signal, TextStream } from './host.ts';

/** A process that is none: it keeps what is written, and signals come from the test. */
export class TestHost implements Host {
  readonly env: Record<string, string | undefined> = {};
  readonly exits: number[] = [];
  readonly #input: Uint8Array;
  readonly #chunks: { readonly out: string[]; readonly err: string[] } = { out: [], err: [] };
  readonly #listeners = new Map<Signal, Set<() => void>>();
  readonly #faults = new Set<(error: unknown) => void>();
  readonly stdout: TextStream = { write: (text) => this.#chunks.out.push(text), colors: false };
  readonly stderr: TextStream;

  /** @param terminal whether a person watches standard error */
  constructor(input: string | Uint8Array = '', terminal = false) {
    this.#input = Buffer.from(input);
    this.stderr = { write: (text) => this.#chunks.err.push(text), colors: false, terminal };
  }

  /** All that was written to standard output. */
  get out(): string {
    return this.#chunks.out.join('');
  }

  /** All that was written to standard error. */
  get err(): string {
    return this.#chunks.err.join('');
  }

  /** How many listen to signals and faults. */
  get listening(): number {
    return [...this.#listeners.values(), this.#faults].reduce((sum, listeners) => sum + listeners.size, 0);
  }

  /** Waits, ten seconds at most, until standard error has something of this form, and gives it. */
  async written(form: RegExp): Promise<string> {
    for (let attempt = 0; attempt < 1000; attempt++) {
      const found = form.exec(this.err)?.[0];
      if (found !== undefined) return found;
      await sleep(10);
    }
    throw new Error(`nothing like ${form} was written, but:\n${this.err}`);
  }

  async readInput(): Promise<Uint8Array> {
    return this.#input;
  }

  onSignal(signal: Signal, callback: () => void): () => void {
    const listeners = this.#listeners.get(signal) ?? new Set();
    this.#listeners.set(signal, listeners.add(callback));
    return () => listeners.delete(callback);
  }

  onFault(callback: (error: unknown) => void): () => void {
    this.#faults.add(callback);
    return () => this.#faults.delete(callback);
  }

  /** Something is thrown that nobody catches. */
  fault(error: unknown): void {
    for (const listener of this.#faults) listener(error);
  }

  /** Sends a signal. */
  send(signal: Signal): void {
    for (const listener of this.#listeners.get(signal) ?? []) listener();
  }

  exit(code: number): void {
    this.exits.push(code);
  }
}
