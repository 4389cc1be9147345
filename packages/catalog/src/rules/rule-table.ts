import type { RuleData } from './rule-data.ts';

/**
 * Rules by component, then by the path of the body in it: empty for its arguments, else names of blocks such as
 * `endpoint/queue_config`; a path that ends so counts too, so that what stands in itself is written once.
 */
export type RuleTable = Readonly<Record<string, Readonly<Record<string, readonly RuleData[]>>>>;
