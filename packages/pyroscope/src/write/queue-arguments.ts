import {
  body,
  duration,
  type Infer,
  int,
  meaning,
  type Rule,
  type RuleViolation,
  string,
  withDefault,
} from '@pewter/language';
import type { PyroscopeCode } from '../codes.ts';

const fsyncPolicies = ['always', 'interval', 'never'] as const;

/** Each argument, whether a value is one, and what it must be. */
const checks: readonly (readonly [field: string, ok: (value: unknown) => boolean, must: string])[] = [
  ['path', (value) => isInside(String(value)), 'be a relative path inside of the folder of the component'],
  ['max_bytes', (value) => Number(value) > 0, 'be greater than 0'],
  ['max_age', (value) => Number(value) > 0, 'be greater than 0'],
  ['fsync', (value) => fsyncPolicies.some((one) => one === value), `be one of ${fsyncPolicies.join(', ')}`],
];

const rules: readonly Rule[] = checks.map(([field, ok, must]) => ({
  reads: [field],
  check: (given): RuleViolation | undefined => {
    const code: PyroscopeCode = 'E0518';
    return ok(given[field]) ? undefined : { code, field, message: `\`${field}\` of \`queue\` must ${must}` };
  },
}));

function isInside(path: string): boolean {
  return !path.startsWith('/') && !/^[A-Za-z]:|\\/.test(path) && !path.split('/').includes('..');
}

/** The block `queue` of an endpoint, which Alloy does not have: profiles outlive the process. */
export const queueArguments = body(
  {
    path: meaning(
      withDefault(string, ''),
      'the file, relative to the folder of the component; named for the endpoint where it is empty',
    ),
    max_bytes: meaning(
      withDefault(int, 1024 ** 3),
      'more than this, and the oldest profiles are dropped, counted and logged',
    ),
    max_age: meaning(
      withDefault(duration, '12h0m0s'),
      'profiles older than this are dropped, counted and logged',
    ),
    fsync: meaning(
      withDefault(string, 'interval'),
      'what a loss of power leaves: all, all but about the last second, or perhaps nothing',
      fsyncPolicies,
    ),
  },
  rules,
);

/** A decoded `queue` block; durations in milliseconds. */
export type QueueArguments = Infer<typeof queueArguments>;

/** What the name of a queue's file is made from. */
export interface QueueOwner {
  readonly name: string;
  readonly url: string;
  readonly queue?: Pick<QueueArguments, 'path'> | undefined;
}

/** The file of an endpoint's queue below the folder of its component: as `path` says, else named for the endpoint. */
export function queueFileName({ name, url, queue }: QueueOwner): string {
  if (queue !== undefined && queue.path !== '') return queue.path;
  if (/^[A-Za-z0-9_-]+$/.test(name)) return `queue-${name}.db`;
  // Asked for here, since checking a config loads this file and does not hash.
  const { hash: digest } = process.getBuiltinModule('node:crypto');
  const hash = digest('sha256', name === '' ? url : name);
  return `queue-${hash.slice(0, 12)}.db`;
}

/** Two queues in one file would send each other's profiles. */
export const queueFilesDiffer: Rule = {
  reads: ['endpoint'],
  check({ endpoint: endpoints }) {
    const names = (endpoints as readonly QueueOwner[]).filter(({ queue }) => queue).map(queueFileName);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice === undefined) return undefined;
    const code: PyroscopeCode = 'E0519';
    const message = `two endpoints have the queue file ${JSON.stringify(twice)}`;
    return { code, field: 'endpoint', message, hint: 'give each a `name`, or its `queue` a `path`' };
  },
};
