import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

// Writes src/gen/page-assets.ts from page/: the page with all that it runs on, so that nothing is fetched from elsewhere
// and nothing is bundled where the program is installed. Run it after a change there and commit what it writes:
// `node packages/sink/scripts/bundle-page.ts`.

const sink = join(import.meta.dirname, '..');
const page = join(sink, 'page');
const library = join(sink, 'node_modules', 'd3-flame-graph', 'dist', 'd3-flamegraph.css');

const bundle = await rolldown({
  input: join(page, 'page.ts'),
  platform: 'browser',
  // The style goes into a file of its own.
  moduleTypes: { '.css': 'empty' },
});
const { output } = await bundle.generate({ format: 'esm', minify: true });
await bundle.close();
const assets = {
  html: await readFile(join(page, 'index.html'), 'utf8'),
  script: output[0].code,
  style: (await readFile(library, 'utf8')) + (await readFile(join(page, 'page.css'), 'utf8')),
};
const fields = Object.entries(assets).map(([name, text]) => `  ${name}: ${JSON.stringify(text)},\n`);
const head =
  '// Made by scripts/bundle-page.ts from page/, with d3-flame-graph and d3 (Apache-2.0, ISC). Not to be edited.\n';
await writeFile(
  join(sink, 'src', 'gen', 'page-assets.ts'),
  `${head}/** The page of the sink. */\nexport const pageAssets = {\n${fields.join('')}} as const;\n`,
);
