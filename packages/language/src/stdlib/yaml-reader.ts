import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { equal } from '../equal.ts';
import { typeOf } from '../type-name.ts';
import { Capsule, type CapsuleKind, NumberValue, ObjectValue, type Value } from '../value.ts';
import { noYaml } from './yaml-error.ts';
import { checkScalar, hasStringTag, scalarValue } from './yaml-node.ts';

/** The pairs of a mapping; `written` is the text of the key. */
type Pairs = readonly { readonly key: Value; readonly value: Value; readonly written: string }[];

/** What the reference makes of a mapping with keys that are no strings: a value that nothing can look into. */
const mappingKind: CapsuleKind<Pairs> = {
  name: 'map[interface {}]interface {}',
  equals: (a, b) =>
    a.length === b.length &&
    a.every((one) => b.some((other) => same(one.key, other.key) && equal(one.value, other.value))),
};

function isPairs(value: Value): value is Capsule<Pairs> {
  return value instanceof Capsule && value.kind === mappingKind;
}

/** Keys of Go's maps are the same only when their types are. */
function same(a: Value, b: Value): boolean {
  if (a instanceof NumberValue && b instanceof NumberValue && a.kind !== b.kind) return false;
  return typeOf(a) === typeOf(b) && equal(a, b);
}

/** Turns the nodes of a document into values; each anchor once, so that aliases of aliases cost nothing. */
export class YamlReader {
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
    const [start = 0, end = 0] = node.range ?? [];
    checkScalar(node, this.#text.slice(start, end));
    const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    const open = block && !this.#text.endsWith('\n') && end >= this.#text.length;
    const value = scalarValue(node);
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
    const pairs: Pairs[number][] = [];
    for (const pair of map.items) {
      const node = isAlias(pair.key) ? pair.key.resolve(this.#document) : pair.key;
      if (isMergeKey(node)) this.#merge(pair.value, merged);
      else {
        const key = this.#key(pair, node);
        const value = this.read(pair.value);
        pairs.push({ key, value, written: isScalar(node) ? String(node.value ?? '') : '' });
        if (typeof key === 'string' && isScalar(node) && hasStringTag(node)) own.set(key, value);
      }
    }
    return own.size < pairs.length ? new Capsule(mappingKind, pairs) : new ObjectValue([...merged, ...own]);
  }

  #key(pair: Pair, node: unknown): Value {
    if (isMap(node) || isSeq(node)) throw noYaml('a mapping or a list is the key of a mapping');
    const empty = !isScalar(node) || (node.type === 'PLAIN' && node.source === '' && node.tag === undefined);
    const explicit = pair.srcToken?.start.some(({ type }) => type === 'explicit-key-ind') ?? false;
    if (empty && !explicit) throw noYaml('a key is missing');
    return this.read(node);
  }

  /** `<<`: the fields of one mapping, or of several, of which the first wins; here every key counts as the text that it is. */
  #merge(node: unknown, into: Map<string, Value>): void {
    const value = this.read(node);
    for (const part of Array.isArray(value) ? value.toReversed() : [value]) {
      if (isPairs(part)) for (const { written, value: field } of part.payload) into.set(written, field);
      else if (part instanceof ObjectValue) for (const [key, field] of part.entries) into.set(key, field);
      else throw noYaml('`<<` merges only mappings');
    }
  }
}

function isMergeKey(node: unknown): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.value === '<<';
}
