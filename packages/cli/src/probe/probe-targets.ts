import { createHttpClient, userAgent } from '@pewter/http-client';
import {
  bodyLimits,
  type ListedTarget,
  listTargets,
  type ProbedEndpoint,
  probeEndpoint,
} from '@pewter/pyroscope/targets';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { type CapturedScrape, type CaptureOptions, withScrapes } from '../targets/captured-scrapes.ts';
import { probeProcess } from './probe-process.ts';
import { probeJson, probeText } from './report.ts';

export interface ProbeOptions extends CaptureOptions {
  readonly json: boolean;
  /** How long one request may take, milliseconds. */
  readonly requestMs: number;
}

/** An endpoint and what it gave. */
export interface Probed {
  readonly target: ListedTarget;
  readonly result: ProbedEndpoint;
}

/** A component and what all endpoints gave that its targets might have. */
export interface ProbedScrape {
  readonly component: string;
  readonly probed: readonly Probed[];
  readonly refused: readonly string[];
}

/** What bounds a request here, whatever it measures: not what the config says. */
const bounds = { measured: false, timeoutFrom: '--request-timeout' } as const;
/** Seconds that profiles are measured for which take some. */
const seconds = 1;
/** Processes that are asked at a time. */
const atOnce = 16;

/** Asks every endpoint that targets may have once, and prints what they gave; gives the exit status: 1 where none gave a profile. */
export async function probeTargets(options: ProbeOptions, host: Host): Promise<number> {
  const { scrapes, failures } = await withScrapes(options, 'probe', host, async (captured, failed) => {
    const all: ProbedScrape[] = [];
    for (const one of captured) all.push(await probeScrape(one, options.requestMs));
    return { scrapes: all, failures: failed };
  });
  host.stdout.write(options.json ? probeJson(scrapes, failures) : probeText(scrapes));
  const found = scrapes.some(({ probed }) => probed.some(({ result }) => !('failure' in result)));
  return found ? exitCode.ok : exitCode.failed;
}

async function probeScrape({ id, context, args }: CapturedScrape, requestMs: number): Promise<ProbedScrape> {
  const { targets, refused } = listTargets(args, { seconds });
  const http = createHttpClient(context, args, { userAgent });
  const { signal } = new AbortController();
  const limits = bodyLimits(args);
  const probe = async (target: ListedTarget): Promise<Probed> => {
    const { url, measured } = target;
    const timeoutMs = requestMs + (measured ? seconds * 1000 : 0);
    return { target, result: await probeEndpoint(http, { url, ...bounds, timeoutMs, signal }, limits) };
  };
  try {
    const processes = [...Map.groupBy(targets, ({ address }) => address).values()];
    const probed = await eachOf(processes, (process) => probeProcess(process, probe));
    return {
      component: id,
      probed: probed.flat(),
      refused: [...new Set(refused.map(({ problem }) => problem))],
    };
  } finally {
    await http.close();
  }
}

/** Works through a list, so many at a time; gives the results in its order. */
async function eachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const rest = items.entries();
  const worker = async () => {
    for (const [at, item] of rest) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
