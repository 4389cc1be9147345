import { join } from 'node:path';
import type { CodeSplittingGroup } from 'rolldown';

/**
 * What is always read together becomes one file: opening a file costs more than what it holds too much. First the
 * command line itself, then what reads a config, then what checks one; each without what stands before it.
 */
export function bundleGroups(root: string): CodeSplittingGroup[] {
  const source = (...path: readonly string[]) => join(root, 'packages', ...path);
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['program', [source('cli', 'src', 'program.ts'), source('cli', 'src', 'real-host.ts')]],
    ['syntax', [source('syntax', 'src', 'index.ts')]],
    ['check', [source('cli', 'src', 'validate', 'validate-paths.ts')]],
  ];
  return groups.map(([name, roots], index) => {
    let members: ReadonlySet<string> | undefined;
    return {
      debugName: name,
      name: (id, graph) => {
        members ??= closure(roots, (one) => graph.getModuleInfo(one)?.importedIds ?? []);
        return members.has(id) ? name : null;
      },
      priority: groups.length - index,
    };
  });
}

/** These files and all that they import, directly or not, as soon as they are read themselves. */
function closure(
  roots: readonly string[],
  importedBy: (id: string) => readonly string[],
): ReadonlySet<string> {
  const found = new Set(roots);
  for (const id of found) for (const imported of importedBy(id)) found.add(imported);
  return found;
}
