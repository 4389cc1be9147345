import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Json } from '@pewter/language';
import type { BodyData, ComponentData, FieldData, IndexData, KnownStability } from '../src/entry.ts';
import { type RawBody, type RawField, readField } from './read-field.ts';
import { unreadDefaults } from './unread-defaults.ts';

const help = `node packages/catalog/scripts/generate.ts [CATALOGUE]

Writes packages/catalog/src/data from a component catalogue.
CATALOGUE is a JSON file, by default ../shared/reference/catalogue/catalogue.json beside the checkout.`;

interface RawCatalogue {
  readonly components: Readonly<Record<string, RawComponent>>;
  readonly blocks: Readonly<Record<string, readonly RawField[]>>;
  readonly config: Readonly<Record<string, RawBody>>;
}

interface RawComponent {
  readonly stability: string;
  readonly community?: true;
  readonly arguments: RawBody | null;
  readonly exports: RawBody | null;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h' } },
});
if (values.help) process.stdout.write(`${help}\n`);
else
  generate(
    positionals[0] ?? new URL('../../../../shared/reference/catalogue/catalogue.json', import.meta.url),
  );

function generate(path: string | URL): void {
  const catalogue = JSON.parse(readFileSync(path, 'utf8')) as RawCatalogue;
  const data = new URL('../src/data/', import.meta.url);
  rmSync(data, { recursive: true, force: true });
  mkdirSync(new URL('components/', data), { recursive: true });
  const write = (name: string, content: unknown) =>
    writeFileSync(new URL(`${name}.generated.json`, data), `${JSON.stringify(content, undefined, 1)}\n`);

  write('index', sortedMap(catalogue.components, indexEntry));
  write('blocks', sortedMap(catalogue.blocks, readBody));
  write(
    'config',
    sortedMap(catalogue.config, (block) => readBody(block.body)),
  );
  for (const [name, raw] of Object.entries(catalogue.components)) {
    write(`components/${name}`, component(raw, unreadDefaults[name]));
  }
}

function indexEntry(raw: RawComponent): IndexData {
  return raw.community ? { community: true } : { stability: raw.stability as KnownStability };
}

function component(raw: RawComponent, unread: Readonly<Record<string, Json>> = {}): ComponentData {
  const read = readBody(raw.arguments?.body ?? []);
  return { arguments: withDefaults(read, unread), exports: readBody(raw.exports?.body ?? []) };
}

function readBody(fields: readonly RawField[]): BodyData {
  return fields.map((field): FieldData => readField(field));
}

/** The body with these defaults, by path, where it has none. */
function withDefaults(body: BodyData, defaults: Readonly<Record<string, Json>>, path = ''): BodyData {
  return body.map((field): FieldData => {
    if (field.kind === 'label') return field;
    const at = `${path}${field.name}`;
    const known = defaults[at];
    if (field.kind === 'attribute') {
      return known === undefined || field.default !== undefined ? field : { ...field, default: known };
    }
    return field.body === undefined
      ? field
      : { ...field, body: withDefaults(field.body, defaults, `${at}/`) };
  });
}

function sortedMap<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  const sorted = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, value]) => [name, map(value)]));
}
