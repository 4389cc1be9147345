import { createHash } from 'node:crypto';
import type { Label, Location, Profile, Sample } from 'pprof-format';
import { ProfileView, signed } from './profile-view.ts';

/**
 * A fingerprint (SHA-256, hexadecimal) of what a profile says, whatever its encoding: equal for profiles with the same
 * types, period, duration and samples by function, file and line. Ids, table order, mappings, comments and the time
 * are not in it. The text is one line each for types, period and duration, then the sorted lines of
 * the samples.
 */
export function profileDigest(profile: Profile): string {
  return createHash('sha256').update(canonicalText(profile)).digest('hex');
}

function canonicalText(profile: Profile): string {
  const view = new ProfileView(profile);
  const period = profile.periodType ? view.typeName(profile.periodType) : '/';
  const lines = profile.sample.map((sample) => Buffer.from(sampleLine(view, sample)));
  return [
    ['types', ...profile.sampleType.map((type) => view.typeName(type))].join('\t'),
    `period\t${period}\t${signed(profile.period)}`,
    `duration\t${signed(profile.durationNanos)}`,
    ...lines.sort(Buffer.compare).map(String),
    '',
  ].join('\n');
}

function sampleLine(view: ProfileView, sample: Sample): string {
  const frames = sample.locationId.flatMap((id) => {
    const location = view.location(id);
    return location ? frameTexts(view, location) : [];
  });
  const labels = sample.label
    .flatMap((label) => labelText(view, label) ?? [])
    .map((text) => Buffer.from(text));
  return [
    'S',
    frames.join(';'),
    labels.sort(Buffer.compare).join(','),
    sample.value.map(signed).join(' '),
  ].join('\t');
}

function frameTexts(view: ProfileView, location: Location): string[] {
  if (location.line.length === 0) return [`0x${location.address.toString(16)}`];
  return location.line.map((line) => {
    const fn = view.function(line.functionId);
    return `${view.string(fn?.name ?? 0)} ${view.string(fn?.filename ?? 0)}:${signed(line.line)}`;
  });
}

function labelText(view: ProfileView, label: Label): string | undefined {
  const key = view.string(label.key);
  const text = view.string(label.str);
  if (text !== '') return `${key}=${text}`;
  if (signed(label.num) === 0n && signed(label.numUnit) === 0n) return undefined;
  return `${key}=${signed(label.num)}${view.string(label.numUnit)}`;
}
