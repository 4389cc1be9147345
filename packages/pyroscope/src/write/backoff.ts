/** How a failed push is tried again. */
export interface BackoffOptions {
  readonly minMs: number;
  readonly maxMs: number;
  /** Attempts in all; 0 is without end. */
  readonly maxAttempts: number;
}

/** A number from 0 up to but without 1. */
export type Random = () => number;

/**
 * How long to wait after the attempt of this number (1 is the first), milliseconds: anything between 0 and the
 * doubled-each-time bound, so that many senders do not come back together.
 */
export function waitAfter(
  attempt: number,
  { minMs, maxMs }: Pick<BackoffOptions, 'minMs' | 'maxMs'>,
  random: Random,
): number {
  return random() * Math.min(maxMs, minMs * 2 ** Math.min(attempt - 1, 60));
}
