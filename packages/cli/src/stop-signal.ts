import { exitCode } from './exit-code.ts';
import type { Host } from './host.ts';

/** A signal that aborts at the first interrupt or termination; at the second the process ends at once. */
export interface StopSignal {
  readonly signal: AbortSignal;
  /** Gives the signals back to the process, but for an interrupt that it stops for: that may arrive again. */
  release(): void;
}

/**
 * One press of Ctrl-C can arrive several times: from the terminal, which interrupts all processes at once, and from
 * each of npm and the launcher, which pass on what they get. Nobody presses twice in so short a time, in milliseconds.
 */
const onePress = 300;

/** Listens for SIGINT and SIGTERM; `now` tells milliseconds on a clock that never goes back. */
export function stopSignal(host: Host, now: () => number = () => performance.now()): StopSignal {
  const controller = new AbortController();
  let pressed = Number.NEGATIVE_INFINITY;
  const stop = () => {
    if (controller.signal.aborted) host.exit(exitCode.failed);
    controller.abort();
  };
  const interrupt = () => {
    if (now() - pressed < onePress) return;
    pressed = now();
    stop();
  };
  const releaseInterrupt = host.onSignal('SIGINT', interrupt);
  const releaseTermination = host.onSignal('SIGTERM', stop);
  return {
    signal: controller.signal,
    release() {
      if (pressed === Number.NEGATIVE_INFINITY) releaseInterrupt();
      releaseTermination();
    },
  };
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
