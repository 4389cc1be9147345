/** The kinds by a type of value that only profiles of that kind have, in the order in which they are looked for. */
const kinds: readonly (readonly [type: RegExp, kind: string])[] = [
  [/^(alloc|inuse)_(objects|space)\//, 'memory'],
  [/^(contentions|delay)\//, 'mutex'],
  [/^goroutines?\//, 'goroutine'],
  [/^wall\//, 'wall'],
  [/^(cpu|samples)\//, 'process_cpu'],
];

/**
 * The kind of a profile (its `__name__`) by its sample types; undefined where these are of no known kind. SDKs send
 * profiles of several kinds under one name, and a server tells them apart by what they measure.
 */
export function profileKind(sampleTypes: readonly string[]): string | undefined {
  return kinds.find(([type]) => sampleTypes.some((one) => type.test(one)))?.[1];
}
