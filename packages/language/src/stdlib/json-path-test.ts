import { RE2JS, RE2JSException } from 're2js';
import type { PathReader } from './json-path-reader.ts';
import type { Path, Test, TestLiteral } from './json-path-tree.ts';

const operators = /==|!=|<=|>=|=~|~=|<|>|&&|\|\||[-+*/]|in|has|exists|empty/y;

/** How strongly an operator binds; `&&` and `||` bind alike. */
const strength: Readonly<Record<string, number>> = {
  '*': 4,
  '/': 4,
  '+': 3,
  '-': 3,
  '&&': 1,
  '||': 1,
};
const comparison = 2;

/** The condition of a filter, from behind its question mark; `path` reads a path inside. */
export function readTest(reader: PathReader, path: () => Path): Test {
  const test = readOperation(reader, path, 0);
  return test.kind === 'group' ? test.operand : test;
}

function readOperation(reader: PathReader, path: () => Path, least: number): Test {
  let left = readOperand(reader, path);
  for (;;) {
    reader.space();
    if (reader.done() || /[,)\]]/.test(reader.peek())) return left;
    const operator = reader.match(operators);
    if (operator === undefined) throw reader.broken();
    const own = strength[operator] ?? comparison;
    if (own <= least) {
      reader.back(operator.length);
      return left;
    }
    left = { kind: 'operation', operator, left, right: readOperation(reader, path, own) };
  }
}

function readOperand(reader: PathReader, path: () => Path): Test {
  reader.space();
  const next = reader.peek();
  if (next === '@' || next === '$') return { kind: 'path', path: path() };
  if (/['"]/.test(next)) return { kind: 'literal', value: reader.string() };
  if (reader.take('!')) return { kind: 'not', operand: readOperand(reader, path) };
  if (reader.take('(')) return readGroup(reader, path);
  if (reader.take('[')) return readList(reader, path);
  const call = reader.match(/(?:length|count|match|search)\(/y);
  if (call !== undefined) return readCall(reader, path, call.slice(0, -1));
  return { kind: 'literal', value: readLiteral(reader) };
}

/** Brackets around an operation do nothing once it is read; around a path they ask for `true` itself. */
function readGroup(reader: PathReader, path: () => Path): Test {
  const operand = readOperation(reader, path, 0);
  reader.space();
  reader.expect(')');
  return operand.kind === 'path' ? { kind: 'group', operand } : operand;
}

function readList(reader: PathReader, path: () => Path): Test {
  const items: Test[] = [];
  reader.space();
  while (!reader.take(']')) {
    items.push(readOperation(reader, path, 0));
    reader.space();
    if (reader.peek() !== ']') reader.expect(',');
  }
  return { kind: 'list', items };
}

function readCall(reader: PathReader, path: () => Path, name: string): Test {
  const left = readOperation(reader, path, 0);
  reader.space();
  const right = reader.take(',') ? readOperation(reader, path, 0) : undefined;
  reader.space();
  reader.expect(')');
  return { kind: 'call', name, left, right };
}

const words: ReadonlyMap<string, TestLiteral> = new Map<string, TestLiteral>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['Nothing', undefined],
]);

function readLiteral(reader: PathReader): TestLiteral {
  const word = reader.match(/true|false|null|Nothing/y);
  if (word !== undefined) return words.get(word);
  const number = reader.match(/-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?/y);
  if (number !== undefined) return /^-?\d+$/.test(number) ? BigInt(number) : Number(number);
  const pattern = reader.match(/\/(?:[^/\\]|\\.)*\//y);
  if (pattern === undefined) throw reader.broken();
  const compiled = compile(pattern.slice(1, -1));
  if (compiled === undefined) throw reader.broken();
  return compiled;
}

/** A regular expression; undefined where the text is none. */
export function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}
