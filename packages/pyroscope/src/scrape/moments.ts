/** At which moments of its interval a loop scrapes. */
export interface Pace {
  readonly intervalMs: number;
  /** Between two moments at which scrapes are due. */
  readonly stepMs: number;
}

/** Further apart, short intervals would have too few moments. */
const fewestMoments = 100;
const longestStepMs = 100;
/** Scrapes that share a moment; of more, the last would begin late. */
const together = 10;

/**
 * How far apart the moments are at which so many loops scrape. Scrapes of one moment share what waking up costs: in a process
 * that sleeps in between as much as a scrape. Each step is a half of the next longer one, so that loops which began
 * when there were more or fewer of them share their moments still.
 */
export function stepFor(loops: number, intervalMs: number): number {
  let step = Math.min(longestStepMs, intervalMs / fewestMoments);
  while (step * loops > together * intervalMs) step /= 2;
  return step;
}

/** Milliseconds until the next moment whose remainder within the interval is that of the hash, down to a whole step. */
export function untilFirst(now: number, { intervalMs, stepMs }: Pace, hash: bigint): number {
  const place = Number(hash % BigInt(Math.round(intervalMs * 1e6))) / 1e6;
  const offset = Math.floor(place / stepMs) * stepMs;
  return (((offset - now) % intervalMs) + intervalMs) % intervalMs;
}
