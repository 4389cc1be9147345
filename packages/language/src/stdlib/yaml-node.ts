import type { Scalar } from 'yaml';
import { textFromBytes } from '../text.ts';
import { NumberValue, type Value } from '../value.ts';
import { fromBase64 } from './base64.ts';
import { noYaml } from './yaml-error.ts';
import { isPlainString, plainScalar, timestamp, yamlNumber } from './yaml-scalar.ts';

/** The tags that say how a text is to be read. A text with any other tag stays as it is. */
const tagged: Readonly<Record<string, (text: string) => Value>> = {
  str: (text) => text,
  binary: (text) => textFromBytes(fromBase64(text.replaceAll(/\s/g, ''), 'base64')),
  int: (text) => whole(yamlNumber(text), text),
  float: (text) => floating(plainScalar(text), text),
  bool: (text) => bool(plainScalar(text), text),
  null: (text) => nothing(plainScalar(text), text),
  timestamp: (text) => timestamp(text) ?? wrongTag(text, 'timestamp'),
};

const known = 'tag:yaml.org,2002:';

/** The value of a scalar by its tag, or by its looks where it has none and stands without quotes. */
export function scalarValue(node: Scalar): Value {
  const text = textOf(node);
  if (isTagged(node)) {
    const read = node.tag.startsWith(known) ? tagged[node.tag.slice(known.length)] : undefined;
    return read === undefined ? text : read(text);
  }
  return node.type === 'PLAIN' ? plainScalar(text) : text;
}

/** Whether a scalar is a string by its tag: only then it can be the key of an object. */
export function hasStringTag(node: Scalar): boolean {
  if (isTagged(node)) return node.tag === `${known}str`;
  return node.type !== 'PLAIN' || isPlainString(textOf(node));
}

function textOf(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : '';
}

function isTagged(node: Scalar): node is Scalar & { tag: string } {
  return node.tag !== undefined && node.tag !== '!';
}

const escapes = /\\(?:u([0-9a-fA-F]{4})|(.))/gs;

/** Refuses what the reference does in a scalar and the library does not: `written` is its source. */
export function checkScalar(node: Scalar, written: string): void {
  if (node.type === 'QUOTE_DOUBLE') checkEscapes(written);
  const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  if (block && /^[|>][-+]?[ ]*(?:#.*)?\n(?: *\n)* *\t/.test(written)) {
    throw noYaml('a tab begins the first line of a block of text', {
      hint: 'indent with spaces, or say by how many, as in `|2`',
    });
  }
}

function checkEscapes(written: string): void {
  if (!written.includes('\\')) return;
  for (const [all, code, character] of written.matchAll(escapes)) {
    const half = code !== undefined && /^d[89a-f]/i.test(code);
    if (half || character === '/') throw noYaml(`it has no escape \`${all}\``);
  }
}

function whole(value: NumberValue | undefined, text: string): Value {
  return value !== undefined && value.kind !== 'float' ? value : wrongTag(text, 'int');
}

function floating(value: Value, text: string): Value {
  return value instanceof NumberValue ? NumberValue.float(value.toNumber()) : wrongTag(text, 'float');
}

function bool(value: Value, text: string): Value {
  return typeof value === 'boolean' ? value : wrongTag(text, 'bool');
}

function nothing(value: Value, text: string): null {
  return value === null ? null : wrongTag(text, 'null');
}

function wrongTag(text: string, tag: string): never {
  throw noYaml(`"${text}" cannot be read as !!${tag}`);
}
