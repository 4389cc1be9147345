import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { bundleGroups } from './bundle-groups.ts';
import { inputsOf, shownPages } from './bundle-inputs.ts';
import { bundlePlugins, startedServices } from './bundle-plugins.ts';

// `npm run build`: the command line with all that it runs on as files of JavaScript in `dist` (or the folder that is
// named), which is what is published. Commands, components and what few configs use are files of their own, read when they are needed.

const cli = join(import.meta.dirname, '..');
const root = join(cli, '..', '..');
const dist = process.argv[2] ?? join(cli, 'dist');

const bundle = await rolldown({
  input: { main: join(cli, 'src', 'main.ts'), ...startedServices(root) },
  platform: 'node',
  // Vendors' clients are for the user to install, where a config uses them.
  external: [/^@aws-sdk\//, /^@pyroscope\/nodejs$/],
  // A file may give others more than what it is imported for, so that it needs no second one in front.
  preserveEntrySignatures: 'allow-extension',
  plugins: [...bundlePlugins(root)],
  onLog(level, log, say) {
    if (log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
    say(level, log);
  },
});
await rm(dist, { recursive: true, force: true });
const { output } = await bundle.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  codeSplitting: { groups: bundleGroups(root) },
  // Less to read; names stay, for what a stack trace says.
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
});
await bundle.close();
await cp(join(root, 'packages', 'catalog', 'src', 'data'), join(dist, 'data'), { recursive: true });
await cp(join(root, 'fixtures', 'configs', 'demo.alloy'), join(dist, 'demo.alloy'));
for (const page of shownPages) await cp(join(root, 'docs', page), join(dist, 'docs', page));
const modules = output.flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []));
await writeFile(join(dist, 'inputs.json'), JSON.stringify(await inputsOf(root, modules)));
