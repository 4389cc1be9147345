import type { Cancel, Clock } from './outside.ts';

/** Calls back each `milliseconds` until cancelled; never where they are none. */
export function pollEvery(clock: Clock, milliseconds: number, due: () => void): Cancel {
  if (milliseconds <= 0) return () => {};
  let cancel = clock.setTimeout(step, milliseconds);
  function step() {
    cancel = clock.setTimeout(step, milliseconds);
    due();
  }
  return () => cancel();
}
