import { PathReader } from './json-path-reader.ts';
import { readTest } from './json-path-test.ts';
import type { Path, Step } from './json-path-tree.ts';

/** Reads a JSONPath as the reference's library (ohler55/ojg) does; a leading `$` or dot may be left out. Throws {@link EvaluationError}. */
export function parseJsonPath(text: string): Path {
  const reader = new PathReader(text);
  const path = readPath(reader);
  if (!reader.done()) throw reader.broken();
  return path;
}

/** The characters of a name outside of brackets. */
const name = /[#%0-9:;?A-Z^_a-z{|}~\u0080-\uffff]+/y;

function readPath(reader: PathReader): Path {
  const steps: Step[] = [];
  for (;;) {
    const step = readStep(reader, steps.at(-1));
    if (step === undefined) return steps;
    steps.push(step);
  }
}

function readStep(reader: PathReader, before: Step | undefined): Step | undefined {
  if (reader.done()) return undefined;
  if (before === undefined && reader.take('$')) return { kind: 'root' };
  if (before === undefined && reader.take('@')) return { kind: 'current' };
  if (reader.take('..')) return { kind: 'descent' };
  if (reader.take('.')) return reader.take('*') ? { kind: 'wildcard' } : readName(reader);
  if (reader.take('*')) return { kind: 'wildcard' };
  if (reader.take('[')) return readBracket(reader);
  if (before !== undefined && before.kind !== 'descent') return undefined;
  const key = reader.match(name);
  return key === undefined ? undefined : { kind: 'keys', keys: [key] };
}

function readName(reader: PathReader): Step {
  const key = reader.match(name);
  if (key === undefined) throw reader.broken();
  return { kind: 'keys', keys: [key] };
}

function readBracket(reader: PathReader): Step {
  reader.space();
  const step = bracketContent(reader);
  reader.space();
  reader.expect(']');
  return step;
}

function bracketContent(reader: PathReader): Step {
  if (reader.take('*')) return { kind: 'wildcard' };
  if (reader.take('?')) return { kind: 'filter', test: readTest(reader, () => readPath(reader)) };
  if (reader.peek() === ':') return readSlice(reader, 0);
  const first = readKey(reader);
  reader.space();
  if (typeof first === 'number' && reader.peek() === ':') return readSlice(reader, first);
  const keys = [first];
  while (reader.take(',')) {
    reader.space();
    keys.push(readKey(reader));
    reader.space();
  }
  return { kind: 'keys', keys };
}

function readKey(reader: PathReader): string | number {
  if (/['"]/.test(reader.peek())) return reader.string();
  const number = reader.number();
  if (number === undefined) throw reader.broken();
  return number;
}

/** Unlike elsewhere a negative step does not make the slice begin at the end. */
function readSlice(reader: PathReader, start: number): Step {
  reader.expect(':');
  reader.space();
  const end = reader.number() ?? Number.POSITIVE_INFINITY;
  const step = reader.take(':') ? (reader.number() ?? 1) : 1;
  return { kind: 'slice', start, end, step };
}
