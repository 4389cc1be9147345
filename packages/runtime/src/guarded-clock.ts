import { guarded } from './guarded-callback.ts';
import type { Clock } from './outside.ts';

/** A clock whose callbacks cannot harm the process: what one throws is handed to `failed`. */
export function guardedClock(clock: Clock, failed: (thrown: unknown) => void): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    setTimeout: (callback, milliseconds) => clock.setTimeout(guarded(callback, failed), milliseconds),
  };
}
