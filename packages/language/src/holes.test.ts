import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeValue, exportsHole } from './encode.ts';
import { decodeText, evaluateText, failureOf } from './evaluation.test-help.ts';
import { Hole } from './hole.ts';
import { print } from './print.ts';
import {
  any,
  body,
  bool,
  capsule,
  defaultedBlock,
  duration,
  int,
  list,
  map,
  optional,
  required,
  secret,
  string,
  withDefault,
} from './schema.ts';
import type { Type } from './type.ts';
import { type CapsuleKind, NumberValue, ObjectValue } from './value.ts';

const receiver: CapsuleKind<object> = { name: 'pyroscope.receiver' };
const target: CapsuleKind<ObjectValue> = {
  name: 'target',
  flattens: true,
  from: (value) => (value instanceof ObjectValue ? value : undefined),
  toObject: (payload) => payload,
};
const exports = body({
  output: required(list(capsule(target))),
  receiver: required(capsule(receiver)),
  rules: required(map(string)),
});
const names = {
  unknown: new Hole(),
  text: new Hole('string', 'sys.env("X")'),
  number: new Hole('int'),
  hidden: new Hole('secret', 'local.file.s.content'),
  relabel: exportsHole(exports, 'discovery.relabel.x'),
};

const typeOfHole = (expression: string): Type | undefined => {
  const value = evaluateText(expression, names);
  assert.ok(value instanceof Hole, `${expression} should not be known`);
  return value.type;
};

describe('what is not known', () => {
  test('makes everything unknown that is made of it, with the type as far as that is sure', () => {
    assert.equal(typeOfHole('number + 1'), 'number');
    assert.equal(typeOfHole('number < 1'), 'bool');
    assert.equal(typeOfHole('text == "a"'), 'bool');
    assert.equal(typeOfHole('text + "a"'), 'string');
    assert.equal(typeOfHole('unknown + "a"'), undefined);
    assert.equal(typeOfHole('!unknown'), 'bool');
    assert.equal(typeOfHole('string.to_upper(text)'), 'string');
    assert.equal(typeOfHole('string.format("%s", unknown)'), 'string');
    assert.equal(typeOfHole('relabel.rules["x"]'), 'string');
    assert.equal(typeOfHole('coalesce(unknown, "a")'), undefined);
    assert.equal(typeOfHole('unknown.a.b[0]("x")'), undefined);
    assert.equal(typeOfHole('relabel.output[0]["__address__"]'), 'string');
  });

  test('does not hide what is wrong whatever it turns out to be', () => {
    assert.equal(failureOf('relabel.targets', names).code, 'E0302');
    assert.equal(failureOf('relabel.output.x', names).code, 'E0303');
    assert.equal(failureOf('text + 1', names).code, 'E0305');
    assert.equal(failureOf('!text', names).code, 'E0305');
    assert.equal(failureOf('relabel.output["x"]', names).code, 'E0304');
    assert.equal(failureOf('string.to_upper(hidden)', names).code, 'E0316');
    assert.equal(failureOf('array.concat(text)', names).code, 'E0309');
    assert.equal(failureOf('text()', names).code, 'E0307');
  });

  test('keeps the type of lists that are joined', () => {
    const joined = evaluateText('array.concat(relabel.output, relabel.output)', names);
    assert.ok(joined instanceof Hole);
    assert.deepEqual(joined.type, { list: { capsule: target } });
  });

  test('is printed as unknown', () => {
    assert.equal(print(evaluateText('[1, unknown]', names)), '[1, unknown]');
  });
});

describe('a body with unknown values', () => {
  const schema = body({
    targets: required(list(capsule(target))),
    forward_to: required(list(capsule(receiver))),
    name: withDefault(string, 'x'),
  });
  const decode = (text: string) => decodeText(text, schema, names, { checking: true });

  test('has no value, and nothing wrong with it', () => {
    const { value, problems } = decode(
      'targets = relabel.output\nforward_to = [relabel.receiver]\nname = unknown',
    );
    assert.deepEqual({ value, problems }, { value: undefined, problems: [] });
  });

  test('is told a list of a single value is missing its brackets', () => {
    const { problems, diagnostics } = decode('targets = []\nforward_to = relabel.receiver');
    assert.deepEqual(problems, ['E0313 relabel.receiver']);
    assert.equal(diagnostics[0]?.hint, 'put it in a list: `[discovery.relabel.x.receiver]`');
  });

  test('is told of a receiver of another kind by both names', () => {
    const other = body({ forward_to: required(list(capsule({ name: 'loki.receiver' }))) });
    const { problems, diagnostics } = decodeText('forward_to = [relabel.receiver]', other, names);
    assert.deepEqual(problems, ['E0317 relabel.receiver']);
    assert.match(diagnostics[0]?.message ?? '', /pyroscope\.receiver cannot be used as a? ?loki\.receiver/);
  });

  test('is told of a list or an object where one receiver is due', () => {
    const one = body({ to: required(capsule(receiver)) });
    for (const given of ['[relabel.receiver]', '{a = relabel.receiver}'])
      assert.deepEqual(decodeText(`to = ${given}`, one, names).problems, [`E0313 ${given}`]);
  });

  test('is told of a receiver that is joined with text', () => {
    const { problems } = decode('targets = []\nforward_to = []\nname = "a" + relabel.receiver');
    assert.deepEqual(problems, ['E0305 relabel.receiver']);
  });

  test('flattens a list of unknown lists, and warns of it when checking', () => {
    const text = 'targets = [relabel.output]\nforward_to = []';
    assert.deepEqual(decode(text).problems, ['W0302 relabel.output']);
    assert.deepEqual(decodeText(text, schema, names).problems, []);
  });

  test('is refused where no value of the type could ever fit', () => {
    const misfits: readonly (readonly [string, Parameters<typeof required>[0]])[] = [
      ['relabel.output', string],
      ['relabel.receiver', duration],
      ['text', bool],
      ['number', list(int)],
      ['relabel.output', map(string)],
      ['number', secret],
      ['relabel', capsule(target)],
      ['[relabel.receiver]', capsule(receiver)],
      ['[unknown]', capsule(receiver)],
      ['{a = unknown}', capsule(receiver)],
    ];
    for (const [expression, typed] of misfits) {
      const { problems } = decodeText(`a = ${expression}`, body({ a: required(typed) }), names);
      assert.deepEqual(problems, [`E0313 ${expression}`]);
    }
    assert.deepEqual(decodeText('a = hidden', body({ a: required(string) }), names).problems, [
      'E0316 hidden',
    ]);
  });

  test('is accepted where some value of the type fits', () => {
    const fits: readonly (readonly [string, Parameters<typeof required>[0]])[] = [
      ['text', int],
      ['text', duration],
      ['text', secret],
      ['number', string],
      ['unknown', list(int)],
      ['relabel', map(any)],
      ['relabel.rules', capsule(target)],
      ['[text, "a"]', list(string)],
      ['{a = unknown}', map(string)],
      ['hidden', secret],
    ];
    for (const [expression, typed] of fits) {
      const { problems } = decodeText(`a = ${expression}`, body({ a: required(typed) }), names);
      assert.deepEqual(problems, [], expression);
    }
  });
});

describe('rules', () => {
  const always = { reads: ['a', 'b'], check: () => ({ code: 'E0599', message: 'no', field: 'b' }) };
  const schema = body({ a: optional(string), b: withDefault(int, 1) }, [always]);
  const problems = (text: string) => decodeText(text, schema, names).problems;

  test('point at the field that they name where it was given, else at the body', () => {
    assert.deepEqual(problems('a = "x"\nb = 2'), ['E0599 2']);
    assert.deepEqual(problems('a = "x"'), ['E0599']);
  });

  test('stay silent while something that they read is not known, or wrong already', () => {
    assert.deepEqual(problems('a = unknown'), []);
    assert.deepEqual(problems('a = text\nb = 2'), []);
    assert.deepEqual(problems('a = "x"\nb = "no"'), ['E0313 "no"']);
  });

  test('stay silent on a body with a statement that does not belong there', () => {
    assert.deepEqual(problems('a = "x"\nbb = 2'), ['E0402 bb']);
    assert.deepEqual(problems('a = "x"\na = "y"'), ['E0404 a = "y"']);
  });

  test('stay silent on a block that holds something unknown', () => {
    const rule = { reads: ['auth'], check: () => ({ message: 'no' }) };
    const outer = body({ auth: defaultedBlock(body({ user: withDefault(string, '') })) }, [rule]);
    assert.deepEqual(decodeText('auth { user = unknown }', outer, names).problems, []);
    assert.deepEqual(decodeText('auth { user = "u" }', outer, names).problems, ['E0501']);
  });
});

test('a hole that stands for exports knows the fields of each', () => {
  assert.equal(encodeValue(3, 'int') instanceof NumberValue, true);
  assert.match(failureOf('relabel.outptu', names).hint ?? '', /did you mean `output`\?/);
});
