/** At which moments of its interval a loop scrapes. */
export interface Pace {
  readonly intervalMs: number;
  /** Between two moments at which scrapes are due. */
  readonly stepMs: number;
}

/** Further apart, short intervals would have too few moments. */
const fewestMoments = 100;
const longestStepMs = 100;
/** Scrapes that share a moment at most; of more, the last would begin late. */
const together = 10;
/** What parts of the longest step are tried in turn; where none fits, hardly any scrapes share a moment. */
const parts = [1, 2, 4] as const;
const smallestPart = 128;

/** The first moment, as a part of the longest step: on the very beginning of an interval it would belong to two of them. */
const firstPart = 1 / (2 * smallestPart);

/**
 * How far apart the moments are at which so many loops scrape. Scrapes of one moment share what waking up costs: in a
 * process that sleeps in between as much as a scrape. One with thousands of loops hardly sleeps, and is slower in bursts.
 * Of two steps the longer one is a multiple of the other, so that loops which began when there were more or fewer of
 * them share their moments still.
 */
export function stepFor(loops: number, intervalMs: number): number {
  const longest = longestStep(intervalMs);
  const fitting = parts.find((part) => (longest / part) * loops <= together * intervalMs);
  return longest / (fitting ?? smallestPart);
}

function longestStep(intervalMs: number): number {
  return Math.min(longestStepMs, intervalMs / fewestMoments);
}

/** Milliseconds until the next moment whose remainder within the interval is that of the hash, down to a whole step. */
export function untilFirst(now: number, { intervalMs, stepMs }: Pace, hash: bigint): number {
  const place = Number(hash % BigInt(Math.round(intervalMs * 1e6))) / 1e6;
  const offset = Math.max(Math.floor(place / stepMs) * stepMs, longestStep(intervalMs) * firstPart);
  return (((offset - now) % intervalMs) + intervalMs) % intervalMs;
}
