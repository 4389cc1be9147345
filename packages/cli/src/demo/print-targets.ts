import { setTimeout as sleep } from 'node:timers/promises';
import type { DebugInfo, DebugValue, Pipeline } from '@pewter/runtime';
import type { Host } from '../host.ts';

/** How often the pipeline is asked for its targets, and how often at most: ten seconds in all. */
const [pause, attempts] = [100, 100];

/** Waits until the scrape components have targets, and prints a line for each. */
export async function printTargets(pipeline: Pipeline, signal: AbortSignal, host: Host): Promise<void> {
  let targets = scrapeTargets(pipeline);
  for (let attempt = 0; targets.length === 0 && attempt < attempts && !signal.aborted; attempt++) {
    await sleep(pause);
    targets = scrapeTargets(pipeline);
  }
  const lines = new Set(targets.map(targetLine));
  host.stdout.write(`\nTargets found:${lines.size === 0 ? ' none' : ''}\n${[...lines].join('')}`);
}

function scrapeTargets(pipeline: Pipeline): DebugInfo[] {
  return pipeline
    .components()
    .filter(({ name }) => name === 'pyroscope.scrape')
    .flatMap(({ localId }) => asList(pipeline.details(localId)?.debugInfo?.target));
}

/** Debug information has one entry per profile of a target; the labels that tell targets apart are the same in all. */
function targetLine({ url, labels }: DebugInfo): string {
  const shown = isRecord(labels) ? Object.entries(labels).filter(([name]) => !name.startsWith('__')) : [];
  const host = typeof url === 'string' && URL.canParse(url) ? new URL(url).host : '';
  return `  ${host} {${shown.map(([name, value]) => `${name}="${value}"`).join(', ')}}\n`;
}

function asList(value: DebugValue | undefined): DebugInfo[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isRecord(value: DebugValue | undefined): value is DebugInfo {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
