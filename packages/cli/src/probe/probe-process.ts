import type { ListedTarget } from '@pewter/pyroscope/targets';
import type { Probed } from './probe-targets.ts';

type Ask = (target: ListedTarget) => Promise<Probed>;

/**
 * Asks the endpoints of one process: all at once that answer at once, and those that are measured one after the other,
 * as a process can be measured only once at a time. Where none of those before was answered at all, the rest is not
 * asked: each would cost the whole time again, and fail in the same way.
 */
export async function probeProcess(targets: readonly ListedTarget[], ask: Ask): Promise<readonly Probed[]> {
  const results = new Map<ListedTarget, Probed>();
  const quick = targets.filter(({ measured }) => !measured);
  await Promise.all(quick.map(async (target) => results.set(target, await ask(target))));
  for (const target of targets.filter(({ measured }) => measured)) {
    const silent = silence([...results.values()]);
    results.set(target, silent === undefined ? await ask(target) : { target, result: silent });
  }
  return targets.flatMap((target) => results.get(target) ?? []);
}

/** The failure of a process that has answered nothing so far; undefined where it has, or was not asked. */
function silence(asked: readonly Probed[]): Probed['result'] | undefined {
  const [first] = asked;
  return asked.every(({ result }) => isSilent(result)) ? first?.result : undefined;
}

function isSilent(result: Probed['result']): boolean {
  return (
    'failure' in result && result.failure.statusCode === undefined && unanswered.has(result.failure.kind)
  );
}

const unanswered: ReadonlySet<string> = new Set([
  'refused',
  'dns',
  'unreachable',
  'tls',
  'timeout',
  'reset',
  'protocol',
  'proxy',
  'file',
  'oauth2',
]);
