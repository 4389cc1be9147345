import {
  type ListedTarget,
  labelsText,
  listTargets,
  type TargetListing,
  withoutSecrets,
} from '@pewter/pyroscope/targets';
import { withoutPasswords } from '@pewter/syntax';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { plural } from '../print-diagnostics.ts';
import { type CaptureOptions, withScrapes } from './captured-scrapes.ts';
import type { SourceFailure } from './source-failures.ts';

export interface TargetsOptions extends CaptureOptions {
  readonly json: boolean;
}

/** A component and what it would scrape. */
interface Listed extends TargetListing {
  readonly component: string;
}

type RefusedTarget = TargetListing['refused'][number];

/** Prints what a config would scrape; gives the exit status. Rejects with `CommandError` when it cannot be loaded. */
export async function showTargets(options: TargetsOptions, host: Host): Promise<number> {
  const { listed, failures } = await withScrapes(options, 'targets', host, async (scrapes, failed) => ({
    listed: scrapes.map(({ id, args }): Listed => ({ component: id, ...listTargets(args) })),
    failures: failed,
  }));
  host.stdout.write(options.json ? json(listed, failures) : text(listed));
  const found = listed.some(({ targets }) => targets.length > 0);
  return failures.length > 0 && !found ? exitCode.failed : exitCode.ok;
}

function json(listed: readonly Listed[], failures: readonly SourceFailure[]): string {
  const components = listed.map(({ component, targets, refused }) => ({
    component,
    targets: targets.map(({ url, kind, labels, serviceName, serviceNameFrom }) => ({
      url: withoutPasswords(url),
      kind,
      labels: labelObject(labels),
      service_name: serviceName,
      service_name_from: serviceNameFrom ?? null,
    })),
    refused: refused.map(({ url, labels, problem }) => ({
      url: withoutPasswords(url),
      labels: labelObject(labels),
      problem,
    })),
  }));
  return `${JSON.stringify({ components, failures }, undefined, 2)}\n`;
}

function labelObject(labels: ListedTarget['labels']): Readonly<Record<string, string>> {
  return Object.fromEntries(withoutSecrets(labels).map(({ name, value }) => [name, value]));
}

function text(listed: readonly Listed[]): string {
  if (listed.length === 0) return 'The config has no pyroscope.scrape.\n';
  return listed.map(componentText).join('\n');
}

function componentText({ component, targets, refused }: Listed): string {
  const processes = Map.groupBy(targets, processOf);
  const wrong = refusedTexts(refused);
  const head = `${component}: ${plural(processes.size, 'target')}, ${plural(targets.length, 'profile')} each interval${wrong.length > 0 ? `, ${wrong.length} refused` : ''}\n`;
  return [head, ...Array.from(processes.values(), processText), ...wrong].join('');
}

/** A text for each process that is refused, as all its profiles are for one reason. */
export function refusedTexts(refused: TargetListing['refused']): readonly string[] {
  return Array.from(Map.groupBy(refused, refusedProcess).values(), refusedText);
}

function refusedProcess({ labels, problem }: RefusedTarget): string {
  return JSON.stringify([problem, labels.filter(({ name }) => !ofOneProfile.has(name))]);
}

const ofOneProfile: ReadonlySet<string> = new Set(['__name__', '__profile_path__']);

/** What tells a process from others: its address, and the labels that all its profiles share. */
export function processOf({ address, labels }: ListedTarget): string {
  return JSON.stringify([address, sharedLabels(labels)]);
}

function sharedLabels(labels: ListedTarget['labels']): ListedTarget['labels'] {
  return labels.filter(({ name }) => name !== '__name__' && !name.startsWith('otel.scope.'));
}

function processText(targets: readonly ListedTarget[]): string {
  const [first] = targets;
  if (first === undefined) return '';
  const width = Math.max(...targets.map(({ kind }) => kind.length));
  return [
    `  ${first.address}`,
    `    service_name ${JSON.stringify(first.serviceName)} from ${first.serviceNameFrom ?? 'nothing: no label names it, set service_name'}`,
    `    labels       ${labelsText(withoutSecrets(sharedLabels(first.labels)))}`,
    ...targets.map(({ kind, url }) => `    ${kind.padEnd(width)} ${withoutPasswords(url)}`),
    '',
  ].join('\n');
}

function refusedText([first]: readonly RefusedTarget[]): string {
  if (first === undefined) return '';
  const labels = first.labels.filter(({ name }) => !ofOneProfile.has(name));
  return `  refused: ${labelsText(withoutSecrets(labels))}\n    ${first.problem}\n`;
}
