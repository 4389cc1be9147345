import assert from 'node:assert/strict';
import { test } from 'node:test';
import { targetsIn } from './file-groups.ts';

const targets = (name: string, text: string) =>
  targetsIn(name, Buffer.from(text)).map((target): Record<string, string> => {
    const { __meta_filepath: _, ...labels } = Object.fromEntries(target);
    return labels;
  });
const yaml = (text: string) => targets('a.yml', text);
const json = (text: string) => targets('a.json', text);

test('a scalar of YAML is the text that it is written as', () => {
  const found = yaml(
    '- targets: [8080, 1_000, true, "~"]\n  labels: {a: 010, 1: .5, true: yes, b: 2020-01-01}\n',
  );
  assert.deepEqual(
    found.map(({ __address__ }) => __address__),
    ['8080', '1_000', 'true', '~'],
  );
  assert.deepEqual(found[0], { __address__: '8080', a: '010', 1: '.5', true: 'yes', b: '2020-01-01' });
});

test('nothing, in YAML or JSON, is an empty text, list or object', () => {
  for (const nothing of ['~', 'null', 'Null', 'NULL', '']) {
    assert.deepEqual(yaml(`- targets: ${nothing}\n  labels: ${nothing}\n`), []);
    assert.deepEqual(yaml(`- targets:\n  - ${nothing}\n  labels:\n    a: ${nothing}\n`), [
      { __address__: '', a: '' },
    ]);
    assert.deepEqual(yaml(nothing), []);
  }
  assert.deepEqual(yaml('- targets: [x]\n  labels: {~: a}\n'), [{ __address__: 'x', '': 'a' }]);
  assert.deepEqual(json('[{"targets": null}, {"targets": [null], "labels": {"a": null}}]'), [
    { __address__: '', a: '' },
  ]);
});

test('keys of JSON are taken in any case of letters, those of YAML are not', () => {
  assert.deepEqual(json('[{"Targets": ["a"], "LABELS": {"b": "c"}}]'), [{ __address__: 'a', b: 'c' }]);
  assert.throws(() => yaml('- Targets: [a]\n'), /unknown key `Targets`/);
});

test('YAML has merge keys, anchors and explicit tags; of several documents the first counts', () => {
  const text =
    '- &one\n  targets: [!!binary aGk=, !!timestamp 2001-01-01]\n- <<: *one\n---\n- targets: [x]\n';
  assert.deepEqual(
    yaml(text).map(({ __address__ }) => __address__),
    ['hi', '2001-01-01', 'hi', '2001-01-01'],
  );
  assert.deepEqual(yaml('\ufeff- targets: [a]\n'), [{ __address__: 'a' }]);
});

test('half of a character pair becomes the character that stands for what is broken', () => {
  assert.deepEqual(json('[{"targets": ["\\ud800"], "labels": {"a\\ud800": "b"}}]'), [
    { __address__: '\ufffd', 'a\ufffd': 'b' },
  ]);
});

for (const [text, expected] of [
  ['- targets: [a]\n  targets: [b]\n', /unique/],
  ['- targets: [a]\n  labels: {"": x}\n', /without a name/],
  ['- targets: [[a]]\n', /group 0 has a target that is no text/],
  ['- targets: [a]\n  labels: {a: [b]}\n', /label `a` that is no text/],
  ['- targets: a\n', /no list/],
  ['- ~\n', /no object/],
  ['a: b\n', /no list of target groups/],
  ['- targets: [a\n', /line/],
] as const) {
  test(`a file is refused: ${JSON.stringify(text)}`, () => {
    assert.throws(() => yaml(text), expected);
  });
}
