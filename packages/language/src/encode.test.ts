import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeExports, encodeValue } from './encode.ts';
import { decodeText } from './evaluation.test-help.ts';
import { print } from './print.ts';
import {
  body,
  capsule,
  duration,
  float,
  int,
  list,
  map,
  optional,
  required,
  secret,
  string,
  uint64,
} from './schema.ts';
import { Secret } from './secret.ts';
import { Capsule, type CapsuleKind, ObjectValue } from './value.ts';

interface Thing {
  readonly name: string;
}
const thing: CapsuleKind<Thing> = { name: 'thing' };
const things = body({ things: required(list(capsule(thing))) });

describe('a decoded body as the language sees it again', () => {
  const again = (text: string, field: string) => {
    const schema = body({
      headers: optional(map(list(secret))),
      names: optional(list(string)),
    });
    const value = decodeText(text, schema).value as Readonly<Record<string, unknown>>;
    return print(encodeExports(value, schema).get(field) ?? null);
  };

  test('shows no secret of a list that was written as plain text', () => {
    assert.equal(
      again('headers = { "X-Key" = ["hunter2", "hunter3"] }', 'headers'),
      '{\n\t"X-Key" = [(secret), (secret)],\n}',
    );
  });

  test('shows texts of a list that was written as numbers as texts', () => {
    assert.equal(again('names = [80, "b"]', 'names'), '["80", "b"]');
  });
});

describe('exports as the language sees them', () => {
  test('have each kind of value in its form', () => {
    const schema = body({
      name: required(string),
      wait: required(duration),
      size: required(int),
      huge: required(uint64),
      ratio: required(float),
      labels: required(map(string)),
      password: required(secret),
      none: optional(string),
    });
    const encoded = encodeExports(
      {
        name: 'x',
        wait: 90_000,
        size: 3,
        huge: 18446744073709551615n,
        ratio: 0.5,
        labels: new Map([['a', 'b']]),
        password: new Secret('hunter2'),
        none: undefined,
      },
      schema,
    );
    assert.equal(
      print(encoded),
      [
        '{',
        '\thuge   = 18446744073709551615,',
        '\tlabels = {',
        '\t\ta = "b",',
        '\t},',
        '\tname     = "x",',
        '\tnone     = null,',
        '\tpassword = (secret),',
        '\tratio    = 0.5,',
        '\tsize     = 3,',
        '\twait     = "1m30s",',
        '}',
      ].join('\n'),
    );
  });

  test('give the same array for the same list, so that nobody has to look at its elements', () => {
    const exported = { things: [{ name: 'a' }, { name: 'b' }] };
    const first = encodeExports(exported, things).get('things');
    assert.equal(encodeExports(exported, things).get('things'), first);
    assert.notEqual(encodeExports({ things: [...exported.things] }, things).get('things'), first);
  });

  test('decode to the very list that was exported', () => {
    const exported = { things: [{ name: 'a' }] };
    const names = { source: encodeExports(exported, things) };
    const { value } = decodeText('things = source.things', things, names);
    assert.equal(value?.things, exported.things);
  });

  test('stay the same list through array.concat of one list', () => {
    const exported = { things: [{ name: 'a' }] };
    const names = { source: encodeExports(exported, things) };
    const { value } = decodeText('things = array.concat(source.things)', things, names);
    assert.equal(value?.things, exported.things);
  });

  test('are not confused between element types', () => {
    const list1 = ['1', '2'];
    const strings = encodeValue(list1, { list: 'string' });
    const numbers = decodeText('a = source', body({ a: required(list(int)) }), { source: strings });
    assert.deepEqual(numbers.value?.a, [1, 2]);
    const back = decodeText('a = source', body({ a: required(list(string)) }), { source: strings });
    assert.deepEqual(back.value?.a, list1);
  });

  test('of a list of capsules that was decoded are the array that it was decoded from', () => {
    const array = [new Capsule(thing, { name: 'a' }), new Capsule(thing, { name: 'b' })];
    const { value } = decodeText('a = source', body({ a: required(list(capsule(thing))) }), {
      source: array,
    });
    assert.equal(encodeValue(value?.a, { list: { capsule: thing } }), array);
  });

  test('of a record are an object with its known fields', () => {
    assert.deepEqual(encodeExports(undefined, things), new ObjectValue([['things', null]]));
  });
});
