import type { Cancel, Clock } from './outside.ts';

/** What Node's timers hold at most; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

/** The clock of the machine. Its timers never keep the process alive. */
export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: startTimer,
};

function startTimer(callback: () => void, milliseconds: number): Cancel {
  let remaining = milliseconds;
  let timer: NodeJS.Timeout | undefined;
  const step = () => {
    const wait = Math.min(remaining, longestTimer);
    remaining -= wait;
    timer = setTimeout(remaining > 0 ? step : callback, wait).unref();
  };
  step();
  return () => clearTimeout(timer);
}
