import { exitCode } from './exit-code.ts';
import type { Host } from './host.ts';

/** A signal that aborts at the first interrupt or termination; at the second the process ends at once. */
export interface StopSignal {
  readonly signal: AbortSignal;
  /** Gives the signals back to the process. */
  release(): void;
}

/** Listens for SIGINT and SIGTERM. */
export function stopSignal(host: Host): StopSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) host.exit(exitCode.failed);
    controller.abort();
  };
  const releases = [host.onSignal('SIGINT', stop), host.onSignal('SIGTERM', stop)];
  return {
    signal: controller.signal,
    release: () => {
      for (const release of releases) release();
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
