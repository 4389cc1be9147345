import { createHttpClient, userAgent } from '@pewter/http-client';
import {
  bodyLimits,
  type ListedTarget,
  listTargets,
  type ProbedEndpoint,
  probeEndpoint,
  shortestMeasuringInterval,
  type TargetListing,
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
  /** Whether the interval is too short for kinds that are measured for some seconds. */
  readonly hurried: boolean;
  readonly refused: TargetListing['refused'];
}

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
  // What takes longer than a scrape may is no profile to `run`.
  const shorter =
    args.scrape_timeout < requestMs
      ? { ms: args.scrape_timeout, from: 'scrape_timeout' }
      : { ms: requestMs, from: '--request-timeout' };
  const probe = async (target: ListedTarget): Promise<Probed> => {
    const { url, measured } = target;
    const timeoutMs = shorter.ms + (measured ? seconds * 1000 : 0);
    // Whatever it measures: the time for that is not what the config says.
    const request = { url, measured: false, timeoutFrom: shorter.from, timeoutMs, signal };
    return { target, result: await probeEndpoint(http, request, limits) };
  };
  try {
    const processes = [...Map.groupBy(targets, ({ address }) => address).values()];
    const probed = await eachOf(processes, (process) => probeProcess(process, probe));
    return {
      component: id,
      probed: probed.flat(),
      hurried: args.scrape_interval < shortestMeasuringInterval,
      refused,
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
