import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseExpression, SourceFile } from '@pewter/syntax';
import { asWarning } from './check-rules.ts';
import { languageCodes } from './codes.ts';
import { EvaluationError } from './error.ts';
import { evaluate, type Warning } from './evaluate.ts';
import { decodeText, evaluateText, failureOf, scopeWith } from './evaluation.test-help.ts';
import {
  block,
  blocks,
  body,
  capsule,
  duration,
  labelledBlocks,
  list,
  optional,
  required,
  string,
  text,
} from './schema.ts';
import { Secret } from './secret.ts';
import { secretKind } from './secret-kinds.ts';
import { standardLibrary } from './stdlib/library.ts';
import { Capsule, type CapsuleKind, objectOf, type Value } from './value.ts';

const a: CapsuleKind<object> = { name: 'a.receiver' };
const target: CapsuleKind<object> = { name: 'target', flattens: true, from: (value) => ({ value }) };
const names: Readonly<Record<string, Value>> = {
  hidden: new Capsule(secretKind, new Secret('hunter2')),
  b: new Capsule({ name: 'b.receiver' }, {}),
  exports: objectOf({ output: [] }),
};
const schema = body(
  {
    name: optional(string),
    wait: optional(duration),
    url: optional(text({ name: 'url', parse: refuse })),
    to: optional(list(capsule(a))),
    targets: optional(list(capsule(target))),
    inner: block(body({ must: required(string) })),
    many: blocks(body({})),
    named: labelledBlocks(body({})),
  },
  [
    {
      reads: ['name'],
      check: (_body, given) => (given.has('name') ? { message: 'no name', field: 'name' } : undefined),
    },
    asWarning({
      reads: ['wait'],
      check: ({ wait }) => (Number(wait) < 0 ? { message: 'never due', field: 'wait' } : undefined),
    }),
  ],
);

function refuse(): never {
  throw new EvaluationError('E0315', 'this is no URL');
}

/** One wrong text for each code, with what is pointed at: an expression, or the body of a block. */
const wrong: Readonly<
  Record<keyof typeof languageCodes, { expression?: string; body?: string; at: string }>
> = {
  E0301: { expression: '1 + nope', at: 'nope' },
  E0302: { expression: 'exports.outptu', at: 'outptu' },
  E0303: { expression: '[1].name', at: '[1]' },
  E0304: { expression: '[1][5 - 2]', at: '5 - 2' },
  E0305: { expression: '1 + true', at: 'true' },
  E0306: { expression: '1 / 0', at: '0' },
  E0307: { expression: '1 + "a"("b")', at: '"a"' },
  E0308: { expression: 'string.to_upper("a", "b")', at: 'string.to_upper' },
  E0309: { expression: 'string.join(["a", true], "")', at: 'true' },
  E0310: { expression: 'encoding.from_json("{")', at: 'encoding.from_json' },
  E0311: { expression: 'array.group_by([], "a", true)', at: 'array.group_by' },
  E0312: { expression: '1 + 1e999', at: '1e999' },
  E0313: { body: 'name = [1]', at: '[1]' },
  E0314: { body: 'wait = "10"', at: '"10"' },
  E0315: { body: 'url = "%"', at: '"%"' },
  E0316: { body: 'name = hidden', at: 'hidden' },
  E0317: { body: 'to = [b]', at: 'b' },
  E0401: { body: 'inner { }', at: 'inner' },
  E0402: { body: 'nmae = 1', at: 'nmae' },
  E0403: { body: 'inner = {}', at: 'inner = {}' },
  E0404: { body: 'wait = "1s"\nwait = "2s"', at: 'wait = "2s"' },
  E0405: { body: 'named { }', at: 'named' },
  E0406: { body: 'many "x" { }', at: '"x"' },
  E0501: { body: 'name = "x"', at: '"x"' },
  W0301: { expression: 'to_upper("a")', at: 'to_upper' },
  W0302: { body: 'targets = [[{}]]', at: '[{}]' },
  W0501: { body: 'wait = "-1s"', at: '"-1s"' },
};

describe('each code of the language', () => {
  for (const [code, { expression, body: source, at }] of Object.entries(wrong)) {
    test(`${code} points at what is wrong`, () => {
      const found = expression === undefined ? inBody(source ?? '') : inExpression(code, expression);
      assert.deepEqual(found, [`${code} ${at}`]);
    });
  }

  test('has a title', () => {
    assert.deepEqual(Object.keys(wrong), Object.keys(languageCodes));
  });
});

function inBody(source: string): readonly string[] {
  return decodeText(source, schema, names, { checking: true }).problems;
}

function inExpression(code: string, source: string): readonly string[] {
  if (code.startsWith('W')) {
    const warnings: Warning[] = [];
    evaluateText(source, names, (warning) => warnings.push(warning));
    return warnings.map(({ code, range }) => `${code} ${source.slice(range.start, range.end)}`);
  }
  if (code === 'E0311') return [belowStability(source)];
  const failure = failureOf(source, names);
  return [`${failure.code} ${failure.at}`];
}

/** Functions of a lower stability are refused where only settled ones are allowed. */
function belowStability(source: string): string {
  assert.doesNotThrow(() => evaluate(parse(source), scopeWith({})));
  const scope = standardLibrary({ stability: 'generally-available' });
  try {
    evaluate(parse(source), scope);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return `${error.code} ${source.slice(error.range?.start, error.range?.end)}`;
  }
  return 'no error';
}

function parse(source: string) {
  return parseExpression(new SourceFile('expression', source)).expression;
}
