import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Plugin } from 'rolldown';

/** The programs that are started as processes of their own, by their names: the services of the demo. */
export function startedServices(root: string): Readonly<Record<string, string>> {
  const folder = join(root, 'packages', 'demo', 'src', 'services');
  const files = readdirSync(folder).map((name) => join(folder, name));
  const started = files.filter((file) => readFileSync(file, 'utf8').includes("from '../run-service.ts'"));
  return Object.fromEntries(started.map((file) => [`services/${basename(file, '.ts')}`, file]));
}

/** What the bundler has to know of how our sources name files, and of a library that would load more than it uses. */
export function bundlePlugins(root: string): readonly Plugin[] {
  return [filesByPath(join(root, 'packages')), withoutSubprograms, builtinsAsObjects, escapedCharacters];
}

/**
 * Files of ours that are named by a path and read later: `new URL('./worker.ts', import.meta.url)` and
 * `createRequire(import.meta.url)('./yaml.ts')`. Each becomes a file of the bundle, and its name there is put in.
 */
function filesByPath(packages: string): Plugin {
  return {
    name: 'files-by-path',
    transform(code, id) {
      if (!id.startsWith(packages) || id.includes('node_modules') || !code.includes('import.meta.url'))
        return undefined;
      const emit = (path: string) => {
        const name = basename(path, '.ts');
        const source = resolve(dirname(id), path);
        this.emitFile({ type: 'chunk', id: source, name, fileName: `${name}.js` });
        return `./${name}.js`;
      };
      return code
        .replace(/\bread\('(\.\/[\w-]+\.ts)'\)/g, (_, path: string) => `read('${emit(path)}')`)
        .replace(/new URL\('(\.\/[\w-]+\.ts)'/g, (_, path: string) => `new URL('${emit(path)}'`)
        .replace(/new URL\(`(\.\/services\/\$\{name\})\.ts`/g, 'new URL(`$1.js`');
    },
  };
}

/** Commander starts subcommands that are programs of their own; we have none, and the module for it loads all of the network. */
const withoutSubprograms: Plugin = {
  name: 'without-subprograms',
  resolveId(source, importer) {
    if (source !== 'node:child_process' || importer?.includes('/commander/') !== true) return undefined;
    return '\0no-child-process';
  },
  load(id) {
    return id === '\0no-child-process' ? 'export default {};' : undefined;
  },
};

/**
 * Importing a module of Node as a namespace makes Node ask for each of its properties, and many of them load more
 * (`node:util` its MIME types, `node:process` the three streams of the process). Asked for as an object, only what is used is.
 */
const builtinsAsObjects: Plugin = {
  name: 'builtins-as-objects',
  renderChunk: (code) =>
    code.replace(
      /^import (?:([\w$]+|\* as [\w$]+)(?:, )?)?(?:\{([^}]*)\} )?\s*from "(node:[\w/]+)";$/gm,
      (_, whole = '', named = '', name) => {
        const module = `process.getBuiltinModule("${name}")`;
        const all = whole === '' ? '' : `const ${whole.replace('* as ', '')} = ${module};`;
        return all + (named === '' ? '' : `const {${named.replaceAll(' as ', ': ')}} = ${module};`);
      },
    ),
};

/**
 * V8 keeps a source in memory as long as its program runs, in two bytes for each of its characters when a single one is
 * not of Latin-1. As escapes they mean the same, but for two places where a backslash stands for itself.
 */
const escapedCharacters: Plugin = {
  name: 'escaped-characters',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk') chunk.code = escaped(chunk.code, chunk.fileName);
  },
};

function escaped(code: string, file: string): string {
  const [unfit] = /\\[^\0-\x7f]|String\.raw`[^`]*[^\0-\x7f][^`]*`/.exec(code) ?? [];
  if (unfit !== undefined) throw new Error(`${file}: write ${unfit} with an escape`);
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
