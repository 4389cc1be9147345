import { addLabels, badLabelCharacter, isInternal, type Label } from '../labels.ts';
import { version } from '../version.ts';
import type { TargetSettings } from './scrape-target.ts';
import { inferServiceName } from './service-name.ts';

/** What is wrong with the public labels of a target; undefined where a server takes them all. */
export function labelProblem(own: ReadonlyMap<string, string>): string | undefined {
  const bad = [...own.keys()].find((name) => !isInternal(name) && badLabelCharacter(name) !== undefined);
  return bad === undefined ? undefined : badLabelProblem(bad);
}

function badLabelProblem(name: string): string {
  const character = JSON.stringify(badLabelCharacter(name));
  return `invalid label name ${JSON.stringify(name)}: ${character} is not allowed; rename the label with discovery.relabel`;
}

/** The labels that all profiles of a target share: its own, and those that are filled in. */
export function baseLabels(
  own: ReadonlyMap<string, string>,
  settings: TargetSettings,
  scheme: string,
  address: string,
): ReadonlyMap<string, string> {
  const labels = new Map(own);
  const fill = (name: string, value: string) => {
    if (value !== '' && !labels.has(name)) labels.set(name, value);
  };
  labels.set('__address__', address);
  fill('__scheme__', scheme);
  fill('__profile_path_prefix__', settings.pathPrefix);
  fill('job', settings.jobName);
  fill('instance', address);
  fill('service_name', inferServiceName(own));
  for (const [name, [first]] of settings.params) {
    if (first === '') labels.delete(`__param_${name}`);
    else if (first !== undefined) labels.set(`__param_${name}`, first);
  }
  return labels;
}

const scopeLabels: readonly Label[] = [
  { name: 'otel.scope.name', value: 'pewter/pyroscope.scrape' },
  { name: 'otel.scope.version', value: version },
];

/** The labels of a profile, before `__delta__`: all of the target's, and who scraped it. Internal ones are left out when it is sent. */
export function pushLabelsOf(all: readonly Label[]): readonly Label[] {
  if (all.some(({ name }) => name === 'otel.scope.name')) return all;
  return addLabels(
    all.filter(({ name }) => name !== 'otel.scope.version'),
    scopeLabels,
  );
}
