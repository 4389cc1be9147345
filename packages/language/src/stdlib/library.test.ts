import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parseExpression, SourceFile } from '@pewter/syntax';
import { evaluate, type Warning } from '../evaluate.ts';
import { evaluateText, failureOf } from '../evaluation.test-help.ts';
import { Hole } from '../hole.ts';
import { print } from '../print.ts';
import { FunctionValue, ObjectValue } from '../value.ts';
import { standardLibrary } from './library.ts';

const scope = standardLibrary();
const functions = scope.names().flatMap((name) => {
  const value = scope.lookup(name);
  if (value instanceof FunctionValue) return [value];
  return value instanceof ObjectValue
    ? [...value.entries.values()].filter((member) => member instanceof FunctionValue)
    : [];
});

describe('the standard library', () => {
  test('is on its page whole, and nothing else is', () => {
    const page = readFileSync(new URL('../../../../docs/language.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-zA-Z0-9_.]+)\(/gm)].map(([, name]) => name);
    const current = functions.filter(({ note }) => note?.replacedBy === undefined);
    assert.deepEqual(rows.toSorted(), current.map(({ name }) => name).toSorted());
    const old = functions.filter(({ note }) => note?.replacedBy !== undefined);
    for (const { name } of old) assert.ok(page.includes(`\`${name}\``), name);
  });

  test('warns of each old name with the new one, and does the same under it', () => {
    for (const { name, note, call } of functions.filter((one) => one.note?.replacedBy !== undefined)) {
      const warnings: Warning[] = [];
      evaluateText(name, {}, (warning) => warnings.push(warning));
      assert.deepEqual(
        warnings.map(({ code, hint }) => `${code} ${hint}`),
        [`W0301 use \`${note?.replacedBy}\``],
      );
      assert.equal(call, functions.find((one) => one.name === note?.replacedBy)?.call);
    }
  });

  test('does not know the machine where nothing runs', () => {
    const { expression } = parseExpression(new SourceFile('', '[constants.os, sys.env("HOME")]'));
    const value = evaluate(expression, scope);
    assert.ok(Array.isArray(value) && value.every((one) => one instanceof Hole));
  });

  test('reads YAML as the reference does', () => {
    const yaml = (text: string) => evaluateText('encoding.to_json({v = encoding.from_yaml(text)})', { text });
    assert.equal(yaml('a: !!binary aGk='), '{"v":{"a":"hi"}}');
    assert.equal(
      yaml('base: &b {x: 1}\nc:\n  <<: *b\n  y: 0o17'),
      '{"v":{"base":{"x":1},"c":{"x":1,"y":15}}}',
    );
    assert.equal(yaml('|\n a\n b'), '{"v":"a\\nb"}');
    assert.equal(yaml('|\n a\n b\n'), '{"v":"a\\nb\\n"}');
    assert.equal(yaml('[yes, on, 1_000, 2020-01-01]'), '{"v":["yes","on",1000,"2020-01-01T00:00:00Z"]}');
    for (const text of ['a: !!binary "?"', '%YAML 1.2\n---\na', '%x', '...', '{}: x', '!!null x', '{a']) {
      assert.equal(failureOf('encoding.from_yaml(text)', { text }).code, 'E0310', text);
    }
  });

  test('reads of YAML what comes before the end of the first value, and nothing behind it', () => {
    const yaml = (text: string) => evaluateText('encoding.to_json({v = encoding.from_yaml(text)})', { text });
    assert.equal(yaml('[1, 2] }'), '{"v":[1,2]}');
    assert.equal(yaml('"a" b'), '{"v":"a"}');
    assert.equal(yaml('  a: 1\nb: 2'), '{"v":{"a":1}}');
    for (const text of ['a: "b" c', 'a: 1\n]', '- 1\n}']) {
      assert.equal(failureOf('encoding.from_yaml(text)', { text }).code, 'E0310', text);
    }
  });

  test('refuses in YAML what the reference refuses, and says what it is', () => {
    for (const [text, message] of [
      ['a: \u0007', /control character U\+0007/],
      ['a: \udcff', /byte that is no UTF-8/],
      [': 1', /a key is missing/],
      ['a: "\\/"', /no escape `\\\/`/],
      ['a: "\\ud83d\\ude00"', /no escape `\\ud83d`/],
      ['a: !!timestamp soon', /"soon" cannot be read as !!timestamp/],
      ['a: |\n  \tx\n', /a tab begins the first line/],
      ['1: !!int x', /"x" cannot be read as !!int/],
    ] as const) {
      assert.match(failureOf('encoding.from_yaml(text)', { text }).message, message, text);
    }
  });

  test('takes the text of YAML under tags of its own as it is, and keys for what their tags say', () => {
    const yaml = (text: string) => print(evaluateText('encoding.from_yaml(text)', { text }));
    assert.equal(yaml('[!local 1, !!other 2, !empty , ! 3]'), '["1", "2", "", 3]');
    assert.equal(yaml('!!str 1: a'), '{\n\t"1" = "a",\n}');
    assert.equal(yaml('!!int "1": a'), 'capsule("map[interface {}]interface {}")');
    assert.equal(yaml('a: 1\rb: 2026-01-02  03:04:05'), '{\n\ta = 1,\n\tb = "2026-01-02T03:04:05Z",\n}');
    assert.equal(yaml('a: {<<: {0x1: x}}'), '{\n\ta = {\n\t\t"0x1" = "x",\n\t},\n}');
    const equal = (text: string) =>
      evaluateText(`encoding.from_yaml("1: [a]") == encoding.from_yaml("${text}")`);
    assert.deepEqual(['1: [a]', '1: [b]', '1.0: [a]'].map(equal), [true, false, false]);
  });

  test('looks at the keys of array.combine_maps when there is something to join', () => {
    assert.deepEqual(evaluateText('array.combine_maps([], [{a = 1}], [1])'), []);
    assert.deepEqual(evaluateText('array.combine_maps([{a = 1}], [{a = 2}], ["a", 1])'), []);
    assert.equal(failureOf('array.combine_maps([{a = 1}], [{a = 1}], ["a", 1])').at, '1');
    assert.equal(failureOf('array.combine_maps([2], 3, 4)').at, '2');
    assert.equal(failureOf('array.combine_maps([], [], ["a"], null)').code, 'E0309');
  });

  test('trims bytes that are no character as one kind', () => {
    assert.equal(evaluateText('string.trim("\\xe4\\xb8a\\xfe", "\\xff")'), 'a');
    assert.equal(evaluateText('string.trim("a\\xff", "a")'), '\udcff');
  });

  test('formats as Go does, with its complaints', () => {
    const format = (text: string) => evaluateText(`string.format(${text})`);
    assert.equal(format('"%05d|%-4s|%x", -3, "a", "hi"'), '-0003|a   |6869');
    assert.equal(format('"%[2]s %[1]s", "a", "b"'), 'b a');
    assert.equal(format('"%d %s", "a"'), '%!d(string=a) %!s(MISSING)');
    assert.equal(format('"%5.1i", 2.55'), '%!i(float64=    3)');
    assert.equal(format('"%[x].2[1]s", "a"'), '%!s(BADINDEX)');
    assert.equal(format('"%.", 1'), '%!.(int=1)');
    assert.equal(format('"%#8.2x|%#g", 0.0 ^ -1, -(0.0 ^ -1)'), '    +Inf|-Inf');
    assert.equal(
      format('"%#v", {a = [1, null, "x"]}'),
      'map[string]interface {}{"a":[]interface {}{1, interface {}(nil), "x"}}',
    );
  });
});
