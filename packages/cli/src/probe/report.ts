import type { ScrapeFailure } from '@pewter/pyroscope/targets';
import { withoutPasswords } from '@pewter/syntax';
import { processOf, refusedTexts } from '../targets/show-targets.ts';
import type { SourceFailure } from '../targets/source-failures.ts';
import type { Probed, ProbedScrape } from './probe-targets.ts';
import { profilingBlock } from './profiling-block.ts';

/** What was found, for people. */
export function probeText(scrapes: readonly ProbedScrape[]): string {
  if (scrapes.length === 0) return 'The config has no pyroscope.scrape.\n';
  return scrapes.map(scrapeText).join('\n');
}

function scrapeText(scrape: ProbedScrape): string {
  const { component, probed, refused } = scrape;
  const processes = [...Map.groupBy(probed, ({ target }) => processOf(target)).values()];
  const shown = processes.map((endpoints) => [
    `  ${endpoints[0]?.target.address}`,
    ...processLines(endpoints),
  ]);
  return [
    `${component}:`,
    ...shown.flat(),
    ...refusedTexts(refused).map((one) => one.trimEnd()),
    ...advice(processes, scrape),
    '',
  ].join('\n');
}

/** A line for each endpoint that gave a profile, and one for each way to fail, with all that fail so. */
function processLines(endpoints: readonly Probed[]): readonly string[] {
  const stories = Map.groupBy(endpoints, ({ target, result }) => {
    if (!('failure' in result)) return target.url;
    const { kind, statusCode, hint } = result.failure;
    return JSON.stringify([kind, statusCode, hint]);
  });
  return Array.from(stories.values(), (story) => storyText(story, endpoints.length)).flat();
}

function storyText(story: readonly Probed[], all: number): readonly string[] {
  const [first] = story;
  if (first === undefined) return [];
  if (story.length === 1 || !('failure' in first.result)) return story.map(endpointText);
  const kinds = story.map(({ target }) => target.kind).join(', ');
  const who = story.length === all ? `all ${all} endpoints` : kinds;
  return [failureText(`    ${who}`.padEnd(22), first.result.failure)];
}

function failureText(head: string, { message, hint }: ScrapeFailure): string {
  return `${head} no: ${message}${hint === undefined ? '' : `\n${' '.repeat(26)} ${hint}`}`;
}

function endpointText({ target, result }: Probed): string {
  const head = `    ${target.kind.padEnd(18)}`;
  if ('failure' in result) return failureText(head, result.failure);
  const { statusCode, bytes, samples, types } = result;
  return `${head} ok: ${withoutPasswords(target.url)} answered ${statusCode}, ${bytes} bytes, ${samples} samples of ${types.join(', ')}`;
}

/** What to write for the processes that gave a profile; how many those are, where it is not all. */
function advice(processes: readonly (readonly Probed[])[], scrape: ProbedScrape): readonly string[] {
  const serving = processes.filter((endpoints) => endpoints.some(({ result }) => !('failure' in result)));
  if (serving.length === 0) return ['', '  No endpoint gave a profile.'];
  const all = processes.length;
  const who = serving.length === all ? '' : ` the ${serving.length} of ${all} targets that gave a profile`;
  const block = profilingBlock(scrape);
  const late = hurriedText(scrape);
  if (block === '') return ['', ...late, `  The default profiling_config fits${who}.`];
  return [
    '',
    ...late,
    `  This block fits${who}:`,
    '',
    ...block.split('\n').map((line) => (line === '' ? '' : `\t${line}`)),
  ];
}

/** Says which kinds were answered and are left out. */
function hurriedText({ probed, hurried }: ProbedScrape): readonly string[] {
  if (!hurried) return [];
  const answered = probed.filter(({ target, result }) => target.measured && !('failure' in result));
  if (answered.length === 0) return [];
  const kinds = [...new Set(answered.map(({ target }) => target.kind))].join(', ');
  return [`  Left out, as they are measured for seconds and scrape_interval is shorter than 2s: ${kinds}.`];
}

/** The same for programs. */
export function probeJson(scrapes: readonly ProbedScrape[], failures: readonly SourceFailure[]): string {
  const components = scrapes.map(({ component, probed, hurried, refused }) => ({
    component,
    endpoints: probed.map(({ target, result }) => ({
      url: withoutPasswords(target.url),
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
    refused: [...new Set(refused.map(({ problem }) => problem))],
    profiling_config: profilingBlock({ probed, hurried }),
  }));
  return `${JSON.stringify({ components, failures }, undefined, 2)}\n`;
}
