import { joinPath, type Params, profileUrl } from './url.ts';

/** The `params` argument with `__param_*` labels in the place of the first value of their name. */
export function paramsOf(
  labels: ReadonlyMap<string, string>,
  params: Params,
): Map<string, readonly string[]> {
  const all = new Map(params);
  for (const [label, value] of labels) {
    if (!label.startsWith('__param_')) continue;
    const name = label.slice('__param_'.length);
    all.set(name, [value, ...(all.get(name) ?? []).slice(1)]);
  }
  return all;
}

/** The parameters of a profile that is measured for some seconds. */
export function withSeconds(params: Params, seconds: number): Map<string, readonly string[]> {
  return new Map(params).set('seconds', [...(params.get('seconds') ?? []), String(seconds)]);
}

/** The URL that internal labels, the path of a profile and parameters make. */
export function urlOf(labels: ReadonlyMap<string, string>, path: string, params: Params): string {
  const label = (name: string) => labels.get(name) ?? '';
  const whole = joinPath(label('__profile_path_prefix__'), path);
  return profileUrl(label('__scheme__'), label('__address__'), whole, params);
}
