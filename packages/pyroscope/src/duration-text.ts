const units: readonly (readonly [string, number])[] = [
  ['s', 1000],
  ['ms', 1],
  ['µs', 1e-3],
  ['ns', 1e-6],
];

/** A measured time as debug information shows it: `1.25s`, `3.5ms`, `0s`. */
export function durationText(milliseconds: number): string {
  const found = units.find(([, size]) => milliseconds >= size);
  if (found === undefined) return '0s';
  const [unit, size] = found;
  return `${Number((milliseconds / size).toFixed(6))}${unit}`;
}
