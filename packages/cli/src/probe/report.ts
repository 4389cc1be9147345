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
    ...endpoints.map(endpointText),
  ]);
  return [
    `${component}:`,
    ...shown.flat(),
    ...refused.map((problem) => `  refused: ${problem}`),
    ...advice(probed),
    '',
  ].join('\n');
}

function endpointText({ target, result }: Probed): string {
  const head = `    ${target.kind.padEnd(18)}`;
  if ('failure' in result) {
    const { message, hint } = result.failure;
    return `${head} no: ${message}${hint === undefined ? '' : `\n${' '.repeat(23)} ${hint}`}`;
  }
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
