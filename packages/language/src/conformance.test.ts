import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { hasErrors, parseExpression, SourceFile } from '@pewter/syntax';
import {
  Capsule,
  type CapsuleKind,
  EvaluationError,
  evaluate,
  type Json,
  NumberValue,
  numberText,
  ObjectValue,
  objectOf,
  optionalSecretKind,
  print,
  Secret,
  secretKind,
  secretOf,
  standardLibrary,
  typeOf,
  type Value,
} from './index.ts';

const folder = process.env.PEWTER_REFERENCE ?? resolve(import.meta.dirname, '../../../../shared/reference');
const file = resolve(folder, 'language/expressions.jsonl');

interface Line {
  readonly topic: string;
  readonly expr: string;
  readonly type?: string;
  readonly kind?: string;
  readonly value?: Json;
  readonly text?: string;
  readonly literal?: string;
  readonly unordered?: boolean;
  readonly error?: string;
  readonly diagnostics?: readonly { line: number; column: number }[];
}

const targetKind: CapsuleKind<ObjectValue> = {
  name: 'target',
  equals: (a, b) => print(a) === print(b),
  toObject: (payload) => payload,
};

const target = (labels: Record<string, string>): Value => new Capsule(targetKind, objectOf(labels));

const fx = objectOf({
  secret: new Capsule(secretKind, new Secret('hunter2')),
  empty_secret: new Capsule(secretKind, new Secret('')),
  optional_secret: new Capsule(optionalSecretKind, new Secret('hunter3')),
  optional_plain: new Capsule(optionalSecretKind, new Secret('plain', 'readable')),
  target: target({ __address__: 'host:1', service_name: 'api' }),
  targets: [target({ __address__: 'a:1', pod: 'x' }), target({ __address__: 'b:2', pod: 'y' })],
  empty_target: target({}),
  duration: '1m30s',
  int: NumberValue.int(-7),
  uint: NumberValue.uint(7),
  float: NumberValue.float(2.5),
  string: 'text',
  bool: true,
  null: null,
  empty_map: objectOf({}),
});

const scope = standardLibrary({
  environment: (name) => (name === 'FIXTURE_ENV' ? 'hello' : undefined),
  hostname: 'host',
  os: 'linux',
  arch: 'amd64',
  version: 'v0.0.0',
}).child(new Map([['fx', fx]]));

function run(line: Line): Value | EvaluationError {
  const source = new SourceFile('expr', line.expr);
  const { expression, diagnostics } = parseExpression(source);
  const [first] = diagnostics;
  if (hasErrors(diagnostics) && first !== undefined) return new EvaluationError(first.code, first.message);
  try {
    return evaluate(expression, scope);
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
}

/** What the measured value is in the reference's form. */
function measured(value: Value): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.toWellFormed();
  if (value instanceof NumberValue) {
    const number = value.toNumber();
    return Number.isFinite(number) ? number : numberText(value);
  }
  if (Array.isArray(value)) return value.map(measured);
  const secret = secretOf(value);
  if (secret !== undefined && value instanceof Capsule) {
    const capsule = value.kind.name === 'secret' ? 'alloytypes.Secret' : 'alloytypes.OptionalSecret';
    return { capsule, plain: secret.reveal(), secret: secret.exposure !== 'readable' };
  }
  if (value instanceof ObjectValue) {
    return Object.fromEntries(Array.from(value.entries, ([key, field]) => [key, measured(field)]));
  }
  if (value instanceof Capsule) {
    const object = value.kind.toObject?.(value.payload);
    return object === undefined
      ? { capsule: value.kind.name }
      : { capsule: 'discovery.Target', object: measured(object) };
  }
  return { function: '' };
}

/** Functions have Go signatures in the data, which are the reference's own affair. */
function withoutSignatures(json: Json): Json {
  return JSON.parse(JSON.stringify(json), (key, value) => (key === 'function' ? '' : value)) as Json;
}

function unordered(json: Json): Json {
  return Array.isArray(json) ? json.map((item) => JSON.stringify(item)).sort() : json;
}

function check(line: Line): void {
  const result = run(line);
  if (line.error !== undefined) {
    assert.ok(result instanceof EvaluationError, `should fail: ${line.error}`);
    return;
  }
  if (result instanceof EvaluationError) assert.fail(`should give a value, but: ${result.message}`);
  const secret = secretOf(result);
  if (line.type === 'string' && secret?.exposure === 'derived') {
    assert.equal(secret.reveal(), line.value);
    return;
  }
  if (line.type === 'object' && line.expr === 'constants') return;
  assert.equal(typeOf(result), line.type);
  if (result instanceof NumberValue) {
    assert.equal(result.kind, line.kind);
    assert.equal(numberText(result), line.text);
  } else {
    const order = line.unordered ? unordered : withoutSignatures;
    assert.deepEqual(
      order(withoutSignatures(measured(result))),
      order(withoutSignatures(line.value ?? null)),
    );
  }
  if (line.literal !== undefined) assert.equal(print(result), line.literal);
}

describe('the measured expressions of the reference', {
  skip: !existsSync(file) && `${file} is absent`,
}, () => {
  const lines = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((text) => text !== '')
        .map((text) => JSON.parse(text) as Line)
    : [];
  for (const [topic, group] of Map.groupBy(lines, (line) => line.topic)) {
    describe(topic, () => {
      for (const line of group) test(JSON.stringify(line.expr), () => check(line));
    });
  }
});
