import type { Clock } from '@pewter/runtime';
import type { Random } from './backoff.ts';
import { pause } from './pause.ts';

/** Failures without a success between them after which an endpoint counts as down. */
const failuresOfDown = 3;

/** What the senders of one endpoint know together: whether it answers. Once it does again, none waits to the end. */
export class Pulse {
  readonly #clock: Clock;
  #failuresInARow = 0;
  #recovered = new AbortController();
  /** Pushes that succeeded so far. */
  successes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  succeeded(): void {
    this.successes++;
    const wasDown = this.#failuresInARow >= failuresOfDown;
    this.#failuresInARow = 0;
    if (!wasDown) return;
    this.#recovered.abort();
    this.#recovered = new AbortController();
  }

  failed(): void {
    this.#failuresInARow++;
  }

  /** Waits as told; where the endpoint recovers meanwhile, some time within `spreadMs` after that. */
  async wait(milliseconds: number, spreadMs: number, random: Random, signal: AbortSignal): Promise<void> {
    const recovered = this.#recovered.signal;
    const began = this.#clock.monotonic();
    const either = new AbortController();
    const wake = () => either.abort();
    for (const one of [signal, recovered]) one.addEventListener('abort', wake, { once: true });
    if (signal.aborted) wake();
    await pause(this.#clock, milliseconds, either.signal);
    for (const one of [signal, recovered]) one.removeEventListener('abort', wake);
    const left = milliseconds - (this.#clock.monotonic() - began);
    if (recovered.aborted && left > 0) await pause(this.#clock, Math.min(left, random() * spreadMs), signal);
  }
}
