import type { ScrapeFailure } from '@pewter/pyroscope/targets';
import type { Probed, ProbedScrape } from './probe-targets.ts';
import { profilingBlock } from './profiling-block.ts';

/** What was found, for people. */
export function probeText(scrapes: readonly ProbedScrape[]): string {
  if (scrapes.length === 0) return 'The config has no pyroscope.scrape.\n';
  return scrapes.map(scrapeText).join('\n');
}

function scrapeText({ component, probed, refused }: ProbedScrape): string {
  const processes = Map.groupBy(probed, ({ target }) => target.address);
  const shown = Array.from(processes, ([address, endpoints]) => [
    `  ${address}`,
    ...(commonFailure(endpoints) ?? endpoints.map(endpointText)),
  ]);
  return [
    `${component}:`,
    ...shown.flat(),
    ...refused.map((problem) => `  refused: ${problem}`),
    ...advice(probed),
    '',
  ].join('\n');
}

/** Where all endpoints of a process fail in one way, it is said once. */
function commonFailure(endpoints: readonly Probed[]): readonly string[] | undefined {
  const ways = new Set(
    endpoints.map(({ result }) => {
      if (!('failure' in result)) return undefined;
      const { kind, statusCode, hint } = result.failure;
      return JSON.stringify([kind, statusCode, hint]);
    }),
  );
  const [first] = endpoints;
  if (ways.size !== 1 || endpoints.length === 1 || first === undefined || !('failure' in first.result))
    return undefined;
  return [failureText(`    all ${endpoints.length} endpoints`.padEnd(22), first.result.failure)];
}

function failureText(head: string, { message, hint }: ScrapeFailure): string {
  return `${head} no: ${message}${hint === undefined ? '' : `\n${' '.repeat(26)} ${hint}`}`;
}

function endpointText({ target, result }: Probed): string {
  const head = `    ${target.kind.padEnd(18)}`;
  if ('failure' in result) return failureText(head, result.failure);
  const { statusCode, bytes, samples, types } = result;
  return `${head} ok: ${target.url} answered ${statusCode}, ${bytes} bytes, ${samples} samples of ${types.join(', ')}`;
}

function advice(probed: readonly Probed[]): readonly string[] {
  if (!probed.some(({ result }) => !('failure' in result))) return ['', '  No endpoint gave a profile.'];
  const block = profilingBlock(probed);
  if (block === '') return ['', '  The default profiling_config fits.'];
  return ['', '  This block fits:', '', ...block.split('\n').map((line) => (line === '' ? '' : `\t${line}`))];
}

/** The same for programs. */
export function probeJson(scrapes: readonly ProbedScrape[]): string {
  const all = scrapes.map(({ component, probed, refused }) => ({
    component,
    endpoints: probed.map(({ target, result }) => ({
      url: target.url,
      kind: target.kind,
      ...('failure' in result
        ? {
            ok: false,
            reason: result.failure.kind,
            error: result.failure.message,
            hint: result.failure.hint ?? null,
            status: result.failure.statusCode ?? null,
          }
        : {
            ok: true,
            status: result.statusCode,
            bytes: result.bytes,
            samples: result.samples,
            types: result.types,
          }),
    })),
    refused,
    profiling_config: profilingBlock(probed),
  }));
  return `${JSON.stringify(all, undefined, 2)}\n`;
}
