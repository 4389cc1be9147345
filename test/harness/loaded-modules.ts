import { root } from './files.ts';
import { type Finished, runNode } from './process.ts';

// Runs inside the measured process and tells on its way out which files it has loaded.
const tell = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { writeSync } from 'node:fs';
  const loaded = [];
  registerHooks({
    load(url, context, next) {
      loaded.push(url);
      return next(url, context);
    },
  });
  process.on('exit', () => writeSync(2, '\\nloaded ' + JSON.stringify(loaded) + '\\n'));
`)}`;

/** What a process loaded, in three kinds. */
export interface LoadedModules extends Finished {
  /** Names of packages of others. */
  readonly packages: readonly string[];
  /** Files of the project, as paths from its root. */
  readonly own: readonly string[];
  /** How many files of JavaScript. */
  readonly files: number;
  /** Modules of Node that are imported by name. */
  readonly builtin: readonly string[];
}

/** Runs `node ARGS…` to its end and tells what it loaded. */
export async function loadedModules(args: readonly string[], endAfter?: RegExp): Promise<LoadedModules> {
  const finished = await runNode(['--import', tell, ...args], endAfter);
  const line = finished.stderr.split('\n').find((one) => one.startsWith('loaded ')) ?? 'loaded []';
  const urls: string[] = JSON.parse(line.slice('loaded '.length));
  const here = new URL(`file://${root}`).href;
  const sorted = (names: readonly string[]) => [...new Set(names)].sort();
  return {
    ...finished,
    packages: sorted(urls.flatMap((url) => packageOf(url) ?? [])),
    own: sorted(
      urls
        .filter((url) => url.startsWith(here) && packageOf(url) === undefined)
        .map((url) => url.slice(here.length)),
    ),
    files: urls.filter((url) => url.startsWith('file:')).length,
    builtin: sorted(urls.filter((url) => url.startsWith('node:'))),
  };
}

function packageOf(url: string): string | undefined {
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
}
