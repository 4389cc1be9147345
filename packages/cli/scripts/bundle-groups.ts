import { join } from 'node:path';
import type { ChunkingContext, CodeSplittingGroup } from 'rolldown';

/**
 * What is always read together becomes one file: opening a file costs more than what it holds too much. First the
 * command line itself, then what reads a config, then what checks one; each without what stands before it.
 */
export function bundleGroups(root: string): CodeSplittingGroup[] {
  const source = (...path: readonly string[]) => join(root, 'packages', ...path);
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['program', [source('cli', 'src', 'program.ts'), source('cli', 'src', 'real-host.ts')]],
    ['syntax', [source('syntax', 'src', 'index.ts')]],
    ['check', ['validate.ts', 'formats/text.ts'].map((name) => source('cli', 'src', 'validate', name))],
  ];
  return groups.map(([name, roots], index) => {
    let members: ReadonlySet<string> | undefined;
    return {
      debugName: name,
      name: (id, graph) => {
        members ??= closure(roots, graph);
        // What the bundler itself puts in is needed from the first file on.
        return members.has(id) || (index === 0 && id.startsWith('\0rolldown')) ? name : null;
      },
      priority: groups.length - index,
    };
  });
}

/** These files and all that is read with them. */
function closure(roots: readonly string[], graph: ChunkingContext): ReadonlySet<string> {
  const found = new Set(roots);
  for (const id of found) {
    const info = graph.getModuleInfo(id);
    if (info === null) throw new Error(`${id} is not in the bundle: name anew what is read together`);
    for (const imported of info.importedIds) found.add(imported);
  }
  return found;
}
