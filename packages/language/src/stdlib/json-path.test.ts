import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluateText, failureOf } from '../evaluation.test-help.ts';
import { print } from '../print.ts';

const text = JSON.stringify({
  a: { b: [1, 2, 3] },
  l: [{ n: 'x', v: 1 }, { n: 'y', v: 2.5 }, { n: 'z' }],
  no: false,
});

const found = (path: string) => print(evaluateText('json_path(text, path)', { text, path }));

describe('json_path', () => {
  test('finds by name, position, slice and wildcard', () => {
    for (const [path, values] of [
      ['$.a.b[0]', '[1]'],
      ['a.b[-1]', '[3]'],
      ['.a["b"][0,2]', '[1, 3]'],
      ['$.a.b[0:2]', '[1, 2]'],
      ['$.a.b[2:0:-1]', '[3, 2]'],
      ['$.a.b[::-1]', '[]'],
      ['$..n', '["x", "y", "z"]'],
      ['$.l[*].v', '[1, 2.5]'],
      ['$.a.b[9]', '[]'],
      ['$..b[*]', '[1, 2, 3]'],
    ] as const) {
      assert.equal(found(path), values, path);
    }
  });

  test('filters by comparisons, arithmetic, functions and regular expressions', () => {
    for (const [path, values] of [
      ['$.l[?(@.v > 1)].n', '["y"]'],
      ['$.l[?(@.v == 1 || @.n == "z")].n', '["x", "z"]'],
      ['$.l[?(@.v + 1 == 2)].n', '["x"]'],
      ['$.l[?(@.v * 2 > 3)].n', '["y"]'],
      ['$.l[?(!@.v)].n', '["z"]'],
      ['$.l[?length(@.n) == 1].n', '["x", "y", "z"]'],
      ['$.l[?count(@.*) == 2].n', '["x", "y"]'],
      ['$.l[?match(@.n, "[xy]")].n', '["x", "y"]'],
      ['$.l[?(@.n =~ /x|z/)].n', '["x", "z"]'],
      ['$.l[?(@.n in ["x", "z"])].n', '["x", "z"]'],
      ['$.l[?(@.v has false)].n', '["z"]'],
      ['$.l[?(@.n empty false)].n', '["x", "y", "z"]'],
      ['$.l[?(@.n == $.l[0].n)].v', '[1]'],
    ] as const) {
      assert.equal(found(path), values, path);
    }
  });

  test('tells nothing from null, as the reference does', () => {
    assert.equal(found('$.l[?(@.v == null)]'), '[]');
    assert.equal(found('$.l[?(@.v == Nothing)].n'), '["z"]');
    assert.equal(found('$[?(@ == false)]'), '[false]');
  });

  test('keeps integers exact, and those past 64 bits as text', () => {
    const numbers = { text: '[9007199254740993, 12345678901234567890123]', path: '$[*]' };
    assert.equal(
      print(evaluateText('json_path(text, path)', numbers)),
      '[9007199254740993, "12345678901234567890123"]',
    );
  });

  test('refuses a path that cannot be read, at the function', () => {
    for (const path of ['$.a[', '$.', '$.a-b', '$.l[?(@.v ==)]', '$["a', '$.a[x]', '$.l[?(@.n =~ /[/)]']) {
      assert.equal(failureOf('json_path(text, path)', { text, path }).code, 'E0310', path);
    }
  });
});
