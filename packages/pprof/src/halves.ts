// Numbers of 64 bits as two halves side by side in an array: exact without bigints, wrapping round as those of Go do.

/** Adds the number at one place to that at another. */
export function addAt(halves: Int32Array, to: number, from: number): void {
  const low = ((halves[to] ?? 0) >>> 0) + ((halves[from] ?? 0) >>> 0);
  halves[to] = low;
  halves[to + 1] = (halves[to + 1] ?? 0) + (halves[from + 1] ?? 0) + (low > 0xffffffff ? 1 : 0);
}

/** Takes a number away from that at a place; true where it was the larger one. */
export function subtractAt(halves: Int32Array, at: number, lo: number, hi: number): boolean {
  const ownLo = halves[at] ?? 0;
  const ownHi = halves[at + 1] ?? 0;
  const less = ownLo >>> 0 < lo >>> 0;
  halves[at] = ownLo - lo;
  halves[at + 1] = ownHi - hi - (less ? 1 : 0);
  return ownHi < hi || (ownHi === hi && less);
}
