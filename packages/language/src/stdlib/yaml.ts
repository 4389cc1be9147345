import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { EvaluationError } from '../error.ts';
import { textFromBytes } from '../text.ts';
import { Capsule, type CapsuleKind, NumberValue, ObjectValue, type Value } from '../value.ts';
import { fromBase64 } from './base64.ts';
import { isPlainString, plainScalar, yamlNumber } from './yaml-scalar.ts';

/** What the reference makes of a mapping with keys that are no strings: a value that nothing can look into. */
const mappingKind: CapsuleKind<YAMLMap> = { name: 'map[interface {}]interface {}' };

/** The first document of a YAML text as a value. Throws {@link EvaluationError} where the text is no YAML. */
export function parseYaml(text: string): Value {
  checkPrologue(text);
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    resolveKnownTags: false,
    logLevel: 'silent',
    uniqueKeys: true,
  });
  const [document] = documents;
  if (!Array.isArray(documents) || document === undefined) return null;
  const [error] = document.errors;
  if (error !== undefined) {
    const message = error.message.split('\n')[0]?.replace(/:$/, '') ?? 'unreadable';
    throw new EvaluationError('E0310', `the text is no YAML: ${message}`, { cause: error });
  }
  return new Reader(document, text).read(document.contents);
}

const directive = /^(?:[ \t]*(?:#.*)?\r?\n)*%(\S*)[ \t]*(\S*)/;

/** Refuses what the reference's parser does before the first value: directives that it lacks, an end without a document. */
function checkPrologue(text: string): void {
  const [, name, version] = directive.exec(text) ?? [];
  if (name === 'YAML' && version !== '1.1') throw noYaml(`its version is ${version}, and only 1.1 is read`);
  if (name !== undefined && name !== 'YAML' && name !== 'TAG')
    throw noYaml(`there is no directive \`%${name}\``);
  if (/^\s*\.\.\.(?:\s|$)/.test(text)) throw noYaml('it ends before it began');
}

function noYaml(why: string): EvaluationError {
  return new EvaluationError('E0310', `the text is no YAML: ${why}`);
}

/** Turns nodes into values; each anchor once, so that aliases of aliases cost nothing. */
class Reader {
  readonly #document: Document;
  readonly #text: string;
  readonly #values = new Map<Node, Value>();
  readonly #open = new Set<Node>();

  constructor(document: Document, text: string) {
    this.#document = document;
    this.#text = text;
  }

  read(node: unknown): Value {
    if (isAlias(node)) return this.#target(node.resolve(this.#document), node.source);
    if (isScalar(node)) return this.#scalar(node);
    if (isSeq(node)) return this.#once(node, () => node.items.map((item) => this.read(item)));
    if (isMap(node)) return this.#once(node, () => this.#mapping(node));
    return null;
  }

  /** A block that runs up to the very end of the text has no line end that its last line could take. */
  #scalar(node: Scalar): Value {
    const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    const open = block && !this.#text.endsWith('\n') && (node.range?.[1] ?? 0) >= this.#text.length;
    const value = scalar(node);
    return open && typeof value === 'string' ? value.replace(/\n$/, '') : value;
  }

  #target(node: Node | undefined, name: string): Value {
    if (node === undefined || this.#open.has(node)) {
      throw noYaml(`the anchor \`${name}\` is ${node === undefined ? 'not defined' : 'inside itself'}`);
    }
    return this.read(node);
  }

  #once(node: Node, make: () => Value): Value {
    const known = this.#values.get(node);
    if (known !== undefined) return known;
    this.#open.add(node);
    const value = make();
    this.#open.delete(node);
    this.#values.set(node, value);
    return value;
  }

  #mapping(map: YAMLMap): Value {
    const merged = new Map<string, Value>();
    const own = new Map<string, Value>();
    for (const { key, value } of map.items) {
      const node = isAlias(key) ? key.resolve(this.#document) : key;
      if (isMergeKey(node)) this.#merge(value, merged);
      else if (isScalar(node) && isStringKey(node)) own.set(String(scalar(node)), this.read(value));
      else if (isMap(node) || isSeq(node)) throw noYaml('a mapping or a list is the key of a mapping');
      else return new Capsule(mappingKind, map);
    }
    return new ObjectValue([...merged, ...own]);
  }

  /** `<<`: the fields of one mapping, or of several, of which the first wins. */
  #merge(node: unknown, into: Map<string, Value>): void {
    const value = this.read(node);
    for (const part of Array.isArray(value) ? value.toReversed() : [value]) {
      if (!(part instanceof ObjectValue)) {
        throw noYaml('`<<` merges only mappings');
      }
      for (const [key, field] of part.entries) into.set(key, field);
    }
  }
}

function isMergeKey(node: unknown): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.value === '<<';
}

function isStringKey(node: Scalar): boolean {
  if (node.tag === 'tag:yaml.org,2002:str') return true;
  return node.type !== 'PLAIN' || isPlainString(String(node.value));
}

const tagged: Readonly<Record<string, (text: string) => Value>> = {
  str: (text) => text,
  binary: (text) => textFromBytes(fromBase64(text.replaceAll(/\s/g, ''), 'base64')),
  int: (text) => whole(yamlNumber(text), text, 'int'),
  float: (text) => floating(plainScalar(text), text),
  bool: (text) => expected(plainScalar(text), 'boolean', text),
  null: (text) => nothing(plainScalar(text), text),
  timestamp: (text) => plainScalar(text),
};

function scalar(node: Scalar): Value {
  const text = typeof node.value === 'string' ? node.value : '';
  const explicit = node.tag?.startsWith('tag:yaml.org,2002:') ? tagged[node.tag.slice(18)] : undefined;
  if (explicit !== undefined) return explicit(text);
  return node.type === 'PLAIN' ? plainScalar(text) : text;
}

function whole(value: NumberValue | undefined, text: string, tag: string): Value {
  if (value !== undefined && value.kind !== 'float') return value;
  throw wrongTag(text, tag);
}

function floating(value: Value, text: string): Value {
  if (value instanceof NumberValue) return NumberValue.float(value.toNumber());
  throw wrongTag(text, 'float');
}

function expected(value: Value, type: 'boolean', text: string): Value {
  if (typeof value === type) return value;
  throw wrongTag(text, 'bool');
}

function nothing(value: Value, text: string): null {
  if (value === null) return null;
  throw wrongTag(text, 'null');
}

function wrongTag(text: string, tag: string): EvaluationError {
  return noYaml(`"${text}" cannot be read as !!${tag}`);
}
