import { createRequire } from 'node:module';
import { bytesValue } from '../bytes.ts';
import { EvaluationError } from '../error.ts';
import { Hole } from '../hole.ts';
import { Scope } from '../scope.ts';
import { FunctionValue, ObjectValue, objectOf, type Value } from '../value.ts';
import { combineMaps, concat, groupBy } from './arrays.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { builtin } from './builtin.ts';
import { coalesce } from './coalesce.ts';
import { parseJson, writeJson } from './json.ts';
import { joinPath } from './path.ts';
import { hideIfSecret } from './secrecy.ts';
import { stringFunctions } from './strings.ts';
import { urlDecode, urlEncode } from './url-encoding.ts';

/** What the standard library is made with. */
export interface LibraryOptions {
  /** Looks an environment variable up. Absent where nothing runs: `sys.env` then gives holes. */
  readonly environment?: (name: string) => string | undefined;
  /** The values of `constants`; each is a hole where it is absent. */
  readonly hostname?: string;
  /** As Go names it: `linux`, `darwin`, `windows`. */
  readonly os?: string;
  /** As Go names it: `amd64`, `arm64`. */
  readonly arch?: string;
  readonly version?: string;
  /** The least settled functions that a config may use; `experimental`, which is all, when absent. */
  readonly stability?: 'generally-available' | 'public-preview' | 'experimental';
}

/** The root scope: constants, functions by namespace, and the deprecated names of before there were namespaces. */
export function standardLibrary(options: LibraryOptions = {}): Scope {
  const functions = new Map(allFunctions(options).map((fn) => [fn.name, fn]));
  const root = new Map<string, Value>([['constants', constants(options)]]);
  for (const [namespace, members] of Map.groupBy(functions.values(), namespaceOf)) {
    if (namespace === '') for (const member of members) root.set(member.name, member);
    else
      root.set(
        namespace,
        new ObjectValue(members.map((member) => [member.name.slice(namespace.length + 1), member])),
      );
  }
  for (const [old, replacedBy] of Object.entries(deprecated)) {
    const call = functions.get(replacedBy)?.call;
    if (call !== undefined) root.set(old, new FunctionValue(old, call, { replacedBy }));
  }
  return new Scope(root);
}

const deprecated: Readonly<Record<string, string>> = {
  env: 'sys.env',
  nonsensitive: 'convert.nonsensitive',
  concat: 'array.concat',
  json_decode: 'encoding.from_json',
  yaml_decode: 'encoding.from_yaml',
  base64_decode: 'encoding.from_base64',
  format: 'string.format',
  join: 'string.join',
  replace: 'string.replace',
  split: 'string.split',
  to_lower: 'string.to_lower',
  to_upper: 'string.to_upper',
  trim: 'string.trim',
  trim_prefix: 'string.trim_prefix',
  trim_suffix: 'string.trim_suffix',
  trim_space: 'string.trim_space',
};

function namespaceOf(fn: FunctionValue): string {
  return fn.name.includes('.') ? (fn.name.split('.')[0] ?? '') : '';
}

function constants(options: LibraryOptions): ObjectValue {
  const constant = (name: string, value: string | undefined): Value =>
    value ?? new Hole('string', `constants.${name}`);
  return objectOf({
    arch: constant('arch', options.arch),
    hostname: constant('hostname', options.hostname),
    os: constant('os', options.os),
    version: constant('version', options.version),
  });
}

function allFunctions(options: LibraryOptions): readonly FunctionValue[] {
  const allowed = (options.stability ?? 'experimental') === 'experimental';
  return [
    coalesce,
    concat,
    ...[combineMaps, groupBy].map((fn) =>
      allowed ? fn : new FunctionValue(fn.name, fn.call, { needsStability: 'experimental' }),
    ),
    environmentFunction(options.environment),
    ...stringFunctions,
    ...plainFunctions,
  ];
}

/** An unset variable is the empty text, as in the reference. */
function environmentFunction(lookup: LibraryOptions['environment']): FunctionValue {
  return builtin({ name: 'sys.env', takes: ['string'], gives: 'string' }, (name) =>
    lookup === undefined ? new Hole('string', `sys.env("${name}")`) : (lookup(name) ?? ''),
  );
}

// Few configs use these, and their libraries are large: they are read when first called.
const read = createRequire(import.meta.url);
const jsonPath = (...args: Parameters<JsonPath['jsonPath']>) =>
  (read('./json-path.ts') as JsonPath).jsonPath(...args);
const parseYaml = (text: string) => (read('./yaml.ts') as Yaml).parseYaml(text);
type JsonPath = typeof import('./json-path.ts');
type Yaml = typeof import('./yaml.ts');

const plainFunctions: readonly FunctionValue[] = [
  builtin({ name: 'json_path', takes: ['string', 'string'], gives: { list: 'any' } }, jsonPath),
  builtin({ name: 'convert.nonsensitive', takes: ['secret'], gives: 'string' }, (text) => text),
  builtin({ name: 'file.path_join', takes: [], rest: 'string', gives: 'string' }, (...parts) =>
    joinPath(parts),
  ),
  builtin({ name: 'encoding.from_json', takes: ['string'], gives: 'any' }, (text) =>
    parseJson(text, 'floats'),
  ),
  builtin({ name: 'encoding.from_yaml', takes: ['string'], gives: 'any' }, parseYaml),
  builtin({ name: 'encoding.from_base64', takes: ['string'] }, (text) =>
    bytesValue(fromBase64(text, 'base64')),
  ),
  builtin({ name: 'encoding.from_URLbase64', takes: ['string'] }, (text) =>
    bytesValue(fromBase64(text, 'base64url')),
  ),
  builtin({ name: 'encoding.to_base64', takes: ['string'], gives: 'string' }, (text) =>
    toBase64(text, 'base64'),
  ),
  builtin({ name: 'encoding.to_URLbase64', takes: ['string'], gives: 'string' }, (text) =>
    toBase64(text, 'base64url'),
  ),
  builtin({ name: 'encoding.url_encode', takes: ['string'], gives: 'string' }, urlEncode),
  builtin({ name: 'encoding.url_decode', takes: ['string'], gives: 'string' }, urlDecode),
  builtin({ name: 'encoding.to_json', takes: ['value'], gives: 'string' }, (value) => {
    if (!(value instanceof ObjectValue)) {
      throw new EvaluationError('E0310', '`encoding.to_json` takes only objects', {
        hint: 'put the value into an object: `{value = …}`',
      });
    }
    return hideIfSecret(writeJson(value), [value]);
  }),
];
