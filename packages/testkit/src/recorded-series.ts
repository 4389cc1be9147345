/** What came of each series in turn, by the text of the series: digests of profiles, as a rule. */
export type SeriesValues = ReadonlyMap<string, readonly string[]>;

const scopeNames: ReadonlySet<string> = new Set([
  'pewter/pyroscope.scrape',
  'com.grafana.alloy/pyroscope.scrape',
]);

/** Labels in the order in which they were sent, without what names the program that sent them. */
export function seriesText(labels: Iterable<readonly [string, string]>): string {
  const texts = [...labels].map(([name, value]) => {
    if (name === 'otel.scope.version') return `${name}=<version>`;
    return `${name}=${scopeNames.has(value) ? '<program>' : value}`;
  });
  return texts.join(' ');
}

/** Groups values by their series, each in the order given. */
export function bySeries(values: Iterable<readonly [series: string, value: string]>): SeriesValues {
  const groups = new Map<string, string[]>();
  for (const [series, value] of values) groups.set(series, [...(groups.get(series) ?? []), value]);
  return groups;
}

/** The values of each series as far as another recording of the same goes, since either ended at some moment. */
export function asFarAs(
  other: SeriesValues,
  series: SeriesValues,
): Readonly<Record<string, readonly string[]>> {
  const kept = [...series].filter(([text, values]) => other.has(text) || !isLateDifference(text, values));
  return Object.fromEntries(
    kept.sort().map(([text, values]) => [text, values.slice(0, other.get(text)?.length)]),
  );
}

/** Differences begin with the second scrape, just before which the other recording may have ended. */
function isLateDifference(series: string, values: readonly string[]): boolean {
  return series.includes('__delta__=false') && values.length === 1;
}
