import type { Target } from './target.ts';

/**
 * The found targets, those that were there before as the same objects, so that whoever made something of a target finds
 * it again; the list of before itself where nothing has changed.
 */
export function reuseTargets(found: readonly Target[], before: readonly Target[]): readonly Target[] {
  let moved: Map<string, Target[]> | undefined;
  let same = found.length === before.length;
  const targets = found.map((target, index) => {
    const there = before[index];
    if (there?.equals(target)) return there;
    same = false;
    moved ??= byAddress(before);
    return moved.get(addressOf(target))?.find((one) => one.equals(target)) ?? target;
  });
  return same ? before : targets;
}

function byAddress(targets: readonly Target[]): Map<string, Target[]> {
  const groups = new Map<string, Target[]>();
  for (const target of targets) {
    const group = groups.get(addressOf(target));
    if (group === undefined) groups.set(addressOf(target), [target]);
    else group.push(target);
  }
  return groups;
}

function addressOf(target: Target): string {
  return target.get('__address__') ?? '';
}
