import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parseExpression, SourceFile } from '@pewter/syntax';
import { evaluate, type Warning } from '../evaluate.ts';
import { evaluateText, failureOf } from '../evaluation.test-help.ts';
import { Hole } from '../hole.ts';
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

  test('formats as Go does, with its complaints', () => {
    const format = (text: string) => evaluateText(`string.format(${text})`);
    assert.equal(format('"%05d|%-4s|%x", -3, "a", "hi"'), '-0003|a   |6869');
    assert.equal(format('"%[2]s %[1]s", "a", "b"'), 'b a');
    assert.equal(format('"%d %s", "a"'), '%!d(string=a) %!s(MISSING)');
    assert.equal(format('"%5.1i", 2.55'), '%!i(float64=    3)');
    assert.equal(format('"%[x].2[1]s", "a"'), '%!s(BADINDEX)');
    assert.equal(
      format('"%#v", {a = [1, null, "x"]}'),
      'map[string]interface {}{"a":[]interface {}{1, interface {}(nil), "x"}}',
    );
  });
});
