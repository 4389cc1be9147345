import {
  any,
  body,
  bool,
  list,
  optional,
  required,
  requiredBlock,
  string,
  withDefault,
} from '@pewter/language';
import type { ConfigBlockDefinition } from './config-block.ts';

const settled = 'generally-available';

/** `declare`, whose body is a config of its own. */
export const declareBlock = { name: 'declare', stability: settled, arguments: body({}) } as const;

/** `argument`: a value that the user of a module gives. */
export const argumentBlock = {
  name: 'argument',
  stability: settled,
  arguments: body({
    optional: withDefault(bool, false),
    default: optional(any),
    comment: withDefault(string, ''),
  }),
} as const satisfies ConfigBlockDefinition;

/** `export`: a value that the user of a module can refer to. */
export const exportBlock = {
  name: 'export',
  stability: settled,
  arguments: body({ value: required(any) }),
} as const satisfies ConfigBlockDefinition;

/** The arguments of a `foreach`, which is what pages show of it. */
export const foreachArguments = body({
  collection: required(list(any)),
  var: required(string),
  id: withDefault(string, ''),
  hash_string_id: withDefault(bool, false),
  enable_metrics: withDefault(bool, false),
});

/** `foreach`, whose template has a body that is a config of its own. */
export const foreachBlock = {
  name: 'foreach',
  stability: 'experimental',
  arguments: body({ ...foreachArguments.fields, template: requiredBlock(body({})) }),
} as const satisfies ConfigBlockDefinition;
