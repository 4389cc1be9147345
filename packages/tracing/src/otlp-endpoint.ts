/**
 * Where spans are sent to, by the variables that all programs with OpenTelemetry take; undefined: nowhere.
 * Source: https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export function otlpEndpoint(variable: (name: string) => string | undefined): string | undefined {
  const own = variable('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? '';
  if (own !== '') return own;
  const all = variable('OTEL_EXPORTER_OTLP_ENDPOINT') ?? '';
  return all === '' ? undefined : `${all.replace(/\/+$/, '')}/v1/traces`;
}
