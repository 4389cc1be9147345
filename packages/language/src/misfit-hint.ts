import { fieldType } from './access.ts';
import { assignable } from './assignable.ts';
import type { Hole } from './hole.ts';
import type { BodySchema } from './schema.ts';
import type { Type } from './type.ts';

/** Components that make of one kind of data another, by what a receiver takes and what is needed. */
const bridges: Readonly<Record<string, string>> = {
  'otelcol.consumer>prometheus.receiver': 'otelcol.receiver.prometheus',
  'otelcol.consumer>loki.receiver': 'otelcol.receiver.loki',
  'prometheus.receiver>otelcol.consumer': 'otelcol.exporter.prometheus',
  'loki.receiver>otelcol.consumer': 'otelcol.exporter.loki',
};

/** Where each kind of receiver is found. */
const receivers: Readonly<Record<string, string>> = {
  'pyroscope.receiver': 'profiles go to components such as `pyroscope.write`',
  'prometheus.receiver': 'metrics go to components such as `prometheus.remote_write`',
  'loki.receiver': 'logs go to components such as `loki.write`',
  'otelcol.consumer': 'telemetry goes to components such as `otelcol.exporter.otlp`',
};

/** What to do where a value that is not known yet stands for one of another type; undefined where that cannot be told. */
export function misfitHint({ type: given, origin }: Hole, needed: Type): string | undefined {
  const whole = typeof given === 'object' && 'object' in given;
  const field = whole ? fieldHint(given.object.fields, origin, needed) : undefined;
  if (field !== undefined) return field;
  if (given === 'secret') return 'where it is no secret, wrap it in `convert.nonsensitive(…)`';
  if (typeof needed === 'object' && 'list' in needed) {
    if (assignable(given, needed.list) === undefined) return `put it in a list: \`[${origin ?? '…'}]\``;
  }
  if (typeof given === 'object' && 'list' in given && assignable(given.list, needed) === undefined)
    return `it is a list already: take it without \`[ ]\`, or join several with \`array.concat(…)\``;
  const capsule = typeof given === 'object' && 'capsule' in given ? given.capsule.name : undefined;
  return capsule === undefined ? undefined : capsuleHint(capsule, needed);
}

/** A component stands where one of its exports is meant. */
function fieldHint(
  fields: BodySchema['fields'],
  origin: string | undefined,
  needed: Type,
): string | undefined {
  const element = typeof needed === 'object' && 'list' in needed ? needed.list : undefined;
  for (const [name, field] of Object.entries(fields)) {
    const path = `${origin ?? '…'}.${name}`;
    const type = fieldType(field);
    if (assignable(type, needed) === undefined) return `take what it exports: \`${path}\``;
    if (element !== undefined && assignable(type, element) === undefined)
      return `take what it exports: \`[${path}]\``;
    if (typeof type === 'object' && 'list' in type && assignable(type.list, needed) === undefined)
      return `take what it exports, without \`[ ]\`: \`${path}\``;
  }
  return undefined;
}

/** The kind of data does not fit. */
export function capsuleHint(given: string, needed: Type): string | undefined {
  if (typeof needed !== 'object') return undefined;
  if ('list' in needed) return capsuleHint(given, needed.list);
  if (!('capsule' in needed)) return undefined;
  const kind = needed.capsule.name;
  const bridge = bridges[`${kind}>${given}`];
  return bridge === undefined
    ? receivers[kind]
    : `a component \`${bridge}\` between them turns the one into the other`;
}
