import type { Profile } from 'pprof-format';
import { ProfileView, signed } from './profile-view.ts';

/** The values of a profile by stack and labels, added up: what a delta is about, read by the general decoder. */
export function stackValues(profile: Profile): Map<string, readonly bigint[]> {
  const view = new ProfileView(profile);
  const values = new Map<string, readonly bigint[]>();
  for (const sample of profile.sample) {
    const frames = sample.locationId.flatMap((id) => view.location(id) ?? []);
    const stack = frames.map(({ address, line }) => [
      String(address),
      ...line.map((at) => [functionNames(view, at.functionId), String(at.line)]),
    ]);
    const labels = sample.label.map(({ key, str, num, numUnit }) =>
      [view.string(key), view.string(str), String(num), view.string(numUnit)].join(),
    );
    const key = JSON.stringify([stack, labels.sort()]);
    const before = values.get(key);
    values.set(
      key,
      sample.value.map((value, column) => signed(value) + (before?.[column] ?? 0n)),
    );
  }
  return values;
}

function functionNames(view: ProfileView, id: number | bigint): string[] {
  const fn = view.function(id);
  return [view.string(fn?.name ?? 0), view.string(fn?.filename ?? 0)];
}
