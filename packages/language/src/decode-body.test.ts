import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeText } from './evaluation.test-help.ts';
import {
  any,
  block,
  blocks,
  body,
  bool,
  defaultedBlock,
  duration,
  float,
  type Infer,
  int,
  labelledBlocks,
  list,
  map,
  optional,
  optionalSecret,
  required,
  requiredBlock,
  secret,
  string,
  text,
  uint64,
  withDefault,
} from './schema.ts';
import { Secret } from './secret.ts';
import { secretKind } from './secret-kinds.ts';
import type { TextKind } from './type.ts';
import { Capsule } from './value.ts';

const level: TextKind<number> = { name: 'level', parse: (word) => word.length };
const endpoint = body({ url: required(string), retries: withDefault(int, 3) });

/** True for two types that are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

const everything = body({
  name: required(string),
  wait: withDefault(duration, '1m30s'),
  count: optional(uint64),
  ratio: optional(float),
  labels: withDefault(map(string), {}),
  ids: optional(list(int)),
  password: optional(secret),
  level: optional(text(level)),
  endpoint: requiredBlock(endpoint),
  spare: block(endpoint),
  limits: defaultedBlock(body({ high: withDefault(int, 9) })),
  rule: blocks(body({ on: withDefault(bool, true) })),
  custom: labelledBlocks(body({ path: required(string) })),
});

interface Expected {
  readonly url: string;
  readonly retries: number;
}

test('the TypeScript type of a body is that of its fields', () => {
  const same: Same<
    Infer<typeof everything>,
    {
      readonly name: string;
      readonly wait: number;
      readonly count: bigint | undefined;
      readonly ratio: number | undefined;
      readonly labels: ReadonlyMap<string, string>;
      readonly ids: readonly number[] | undefined;
      readonly password: Secret | undefined;
      readonly level: number | undefined;
      readonly endpoint: { readonly url: string; readonly retries: number };
      readonly spare: { readonly url: string; readonly retries: number } | undefined;
      readonly limits: { readonly high: number };
      readonly rule: readonly { readonly on: boolean }[];
      readonly custom: readonly ({ readonly path: string } & { readonly label: string })[];
    }
  > = true;
  const plain: Same<Infer<typeof endpoint>, { readonly url: string; readonly retries: number }> = true;
  const fits: Infer<typeof endpoint> extends Expected ? true : false = true;
  assert.ok(same && plain && fits);
});

describe('a body', () => {
  test('decodes attributes, blocks and defaults', () => {
    const { value, problems } = decodeText(
      `name = "x"
       count = 18446744073709551615
       ids = [1, "2", 3.9]
       labels = {a = 1, b = "two"}
       password = "p"
       level = "warn"
       endpoint { url = "u" }
       rule { on = false }
       rule { }
       custom "one" { path = "/p" }`,
      everything,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(value, {
      name: 'x',
      wait: 90_000,
      count: 18446744073709551615n,
      ratio: undefined,
      labels: new Map([
        ['a', '1'],
        ['b', 'two'],
      ]),
      ids: [1, 2, 3],
      password: new Secret('p'),
      level: 4,
      endpoint: { url: 'u', retries: 3 },
      spare: undefined,
      limits: { high: 9 },
      rule: [{ on: false }, { on: true }],
      custom: [{ path: '/p', label: 'one' }],
    });
  });

  test('tells of everything that is wrong with it, not only of the first', () => {
    const { value, problems } = decodeText(
      `wait = "soon"
       naem = 1
       endpoint { }
       custom { path = "x" }`,
      everything,
    );
    assert.equal(value, undefined);
    assert.deepEqual(problems, ['E0402 naem', 'E0401', 'E0314 "soon"', 'E0401 endpoint', 'E0405 custom']);
  });

  test('says what an unknown name may have meant', () => {
    const { diagnostics } = decodeText('naem = "x"\nendpoint { url = "u" }', everything);
    assert.equal(diagnostics[0]?.hint, 'did you mean `name`?');
  });

  test('says when there is no argument at all, in plain words', () => {
    const { diagnostics } = decodeText('zzzzz = 1', body({}));
    assert.equal(diagnostics[0]?.hint, 'it has no arguments');
  });

  test('takes null for an optional attribute as if it was left out', () => {
    assert.deepEqual(decodeText('a = null', body({ a: optional(string) })).value, { a: undefined });
    assert.deepEqual(decodeText('a = null', body({ a: required(string) })).value, { a: '' });
  });

  test('shares one default between bodies, which nobody may change', () => {
    const schema = body({ labels: withDefault(map(string), { a: 'b' }) });
    assert.equal(decodeText('', schema).value?.labels, decodeText('', schema).value?.labels);
  });
});

describe('conversions', () => {
  const of = (expression: string, typed: Parameters<typeof required>[0]) => {
    const { value, problems } = decodeText(`a = ${expression}`, body({ a: required(typed) }));
    return value === undefined ? problems : value.a;
  };

  test('to a string: from numbers and null, not from bools, lists and objects', () => {
    assert.equal(of('1.50', string), '1.5');
    assert.equal(of('18446744073709551615', string), '18446744073709551615');
    assert.equal(of('encoding.from_base64("aGk=")', string), 'hi');
    assert.deepEqual(of('true', string), ['E0313 true']);
    assert.deepEqual(of('[]', string), ['E0313 []']);
    assert.deepEqual(of('{}', string), ['E0313 {}']);
  });

  test('to a number: from texts that are one', () => {
    assert.equal(of('"-12"', int), -12);
    assert.equal(of('2.9', int), 2);
    assert.equal(of('"2.5"', float), 2.5);
    assert.deepEqual(of('" 1"', int), ['E0313 " 1"']);
    assert.deepEqual(of('"0x10"', int), ['E0313 "0x10"']);
    assert.deepEqual(of('true', int), ['E0313 true']);
  });

  test('to a bool: from bools alone', () => {
    assert.equal(of('1 == 1', bool), true);
    assert.deepEqual(of('"true"', bool), ['E0313 "true"']);
    assert.deepEqual(of('1', bool), ['E0313 1']);
  });

  test('to a duration: a text with units, or a zero', () => {
    assert.equal(of('"1h0.5s"', duration), 3_600_500);
    assert.equal(of('0', duration), 0);
    assert.deepEqual(of('10', duration), ['E0313 10']);
    assert.deepEqual(of('"10"', duration), ['E0314 "10"']);
    assert.deepEqual(of('"1d"', duration), ['E0314 "1d"']);
  });

  test('point at the element or field at fault', () => {
    assert.deepEqual(of('["a", true, ["b"]]', list(string)), ['E0313 true', 'E0313 ["b"]']);
    assert.deepEqual(of('{a = "x", b = []}', map(string)), ['E0313 []']);
    assert.deepEqual(of('"x"', list(string)), ['E0313 "x"']);
  });

  test('hand a value on as it is where any value is due', () => {
    assert.equal(of('"x"', any), 'x');
  });
});

describe('secrets in arguments', () => {
  const names = { hidden: new Capsule(secretKind, new Secret('hunter2')) };
  const schema = (typed: Parameters<typeof required>[0]) => body({ a: required(typed) });

  test('go where a secret is taken', () => {
    const { value } = decodeText('a = hidden', body({ a: required(secret) }), names);
    assert.equal(value?.a.reveal(), 'hunter2');
    const optionally = decodeText('a = hidden', body({ a: required(optionalSecret) }), names);
    assert.equal(optionally.value?.a.exposure, 'hidden');
  });

  test('never become plain text, and no message holds them', () => {
    for (const typed of [string, int, duration, bool, list(string), map(string), text(level)]) {
      const { value, problems, diagnostics } = decodeText('a = hidden', schema(typed), names);
      assert.equal(value, undefined);
      assert.match(problems.join(), /^E031[36] hidden$/);
      assert.doesNotMatch(JSON.stringify(diagnostics), /hunter2/);
    }
  });

  test('keep what a function made of them from sight, and give it where a string is due', () => {
    const { value } = decodeText('a = string.format("Bearer %s", hidden)', schema(string), names);
    assert.equal(value?.a, 'Bearer hunter2');
  });
});
