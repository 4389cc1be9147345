import {
  type DocumentOptions,
  type ParseOptions,
  parseAllDocuments,
  type ScalarTag,
  type SchemaOptions,
} from 'yaml';
import type { Target } from './target.ts';
import { targetsOfGroups } from './target-groups.ts';

/** The targets in a file of target groups. Throws an Error that says what is wrong with its name or content. */
export function targetsIn(path: string, bytes: Uint8Array): readonly Target[] {
  const found = formats.find(([extension]) => extension.test(path));
  if (found === undefined) throw new Error('only files ending in .json, .yml or .yaml are read');
  return found[1](Buffer.from(bytes).toString('utf8'), ['__meta_filepath', path]);
}

type Format = (text: string, shared: readonly [string, string]) => readonly Target[];

const formats: readonly (readonly [RegExp, Format])[] = [
  [/\.json$/i, (text, shared) => targetsOfGroups(JSON.parse(text), shared)],
  [/\.ya?ml$/i, (text, shared) => targetsOfGroups(groupsOfYaml(text), shared, (key) => key)],
];

/** A plain scalar that stands for nothing; every other one is the text that it is written as (`port: 80`). */
const nothing: ScalarTag = {
  tag: 'tag:yaml.org,2002:null',
  default: true,
  test: /^(?:~|null|Null|NULL)?$/,
  resolve: () => null,
};

const binary: ScalarTag = {
  tag: 'tag:yaml.org,2002:binary',
  resolve: (text) => Buffer.from(text, 'base64').toString('utf8'),
};

/** As the reference reads it: merge keys, lists in brackets that are not indented, other tags of no meaning. */
const yamlOptions: ParseOptions & DocumentOptions & SchemaOptions = {
  schema: 'failsafe',
  customTags: [nothing, binary],
  resolveKnownTags: false,
  merge: true,
  strict: false,
  logLevel: 'error',
};

/** The first document of the text, as the reference reads it. */
function groupsOfYaml(text: string): unknown {
  const documents = parseAllDocuments(text.replace(/^\ufeff/, ''), yamlOptions);
  const [first] = Array.isArray(documents) ? documents : [];
  if (first === undefined) return null;
  const [error] = first.errors;
  if (error !== undefined) throw error;
  return first.toJS({ mapAsMap: true }) as unknown;
}
