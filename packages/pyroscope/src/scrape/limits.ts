import {
  byteSize,
  byteSizeText,
  int,
  meaning,
  type Rule,
  type TextKind,
  text,
  withDefault,
} from '@pewter/language';
import type { PyroscopeCode } from '../codes.ts';
import type { Label } from '../labels.ts';
import { notPortable } from '../not-portable.ts';

const size: TextKind<number> = { name: 'units.Base2Bytes', parse: byteSize, print: byteSizeText };

/**
 * Limits that Alloy does not have here, named and meant as in Prometheus' `scrape_config`: 0 is none. The last one has
 * no name there: it bounds the memory for all bodies that are being fetched or worked on.
 */
export const limitFields = {
  body_size_limit: meaning(withDefault(text(size), '0'), 'a larger body fails the scrape'),
  target_limit: meaning(withDefault(int, 0), 'more targets than this, and none is scraped'),
  label_limit: meaning(withDefault(int, 0), 'a target with more public labels is refused'),
  label_name_length_limit: meaning(withDefault(int, 0), 'a target with a longer name of a label is refused'),
  label_value_length_limit: meaning(
    withDefault(int, 0),
    'a target with a longer value of a label is refused',
  ),
  total_body_size_limit: meaning(
    withDefault(text(size), '256MiB'),
    'most memory for all bodies that are being fetched or worked on',
  ),
};

const names = Object.keys(limitFields);

/** A limit below 0 is a mistake, and a file with any is not for Alloy. */
export const limitRules: readonly Rule[] = [
  ...names.map((field) => ({ reads: [field], check: (body: Body) => checkSign(field, body[field]) })),
  ...names.map((field) => notPortable(field, 'argument')),
];

type Body = Readonly<Record<string, unknown>>;

function checkSign(field: string, value: unknown) {
  if (!(Number(value) < 0)) return undefined;
  const code: PyroscopeCode = 'E0520';
  return { code, field, message: `\`${field}\` is negative`, hint: 'give 0 for no limit, or leave it out' };
}

/** The limits on targets; 0 is none. */
export interface TargetLimits {
  readonly label_limit: number;
  readonly label_name_length_limit: number;
  readonly label_value_length_limit: number;
}

/** Why a target with these public labels is over a limit; undefined where it is not. Lengths are in bytes, as in Prometheus. */
export function overLimit(labels: readonly Label[], limits: TargetLimits): string | undefined {
  const { label_limit, label_name_length_limit: names, label_value_length_limit: values } = limits;
  if (label_limit > 0 && labels.length > label_limit)
    return `the target has ${labels.length} labels, label_limit is ${label_limit}`;
  for (const { name, value } of labels) {
    if (names > 0 && Buffer.byteLength(name) > names)
      return `the label name ${JSON.stringify(name)} has ${Buffer.byteLength(name)} bytes, label_name_length_limit is ${names}`;
    if (values > 0 && Buffer.byteLength(value) > values)
      return `the value of the label ${JSON.stringify(name)} has ${Buffer.byteLength(value)} bytes, label_value_length_limit is ${values}`;
  }
  return undefined;
}
