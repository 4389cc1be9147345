/** What the reference calls what a capsule holds, where that is not the name of its kind here. */
const referenceNames: Readonly<Record<string, string>> = {
  'pyroscope.receiver': 'pyroscope.Appendable',
  'relabel.rules': 'relabel.Rules',
  'prometheus.receiver': 'storage.Appendable',
  'loki.receiver': 'loki.LogsReceiver',
  'otelcol.consumer': 'otelcol.Consumer',
};

/** A capsule as the web API shows it: `capsule("relabel.Rules")`. */
export function capsuleText(kind: string): string {
  return `capsule(${JSON.stringify(referenceNames[kind] ?? kind)})`;
}
