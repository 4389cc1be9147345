import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { appNameText, namedForService, parseAppName } from './app-name.ts';
import { sortedLabels } from './labels.ts';

const labelsOf = (text: string) => {
  const parsed = parseAppName(text);
  assert.ok('labels' in parsed, 'it was refused');
  return Object.fromEntries(parsed.labels.map(({ name, value }) => [name, value]));
};

describe('the name of an ingest request', () => {
  test('may be a name alone', () => {
    assert.deepEqual(labelsOf('app.cpu'), { __name__: 'app.cpu' });
    assert.deepEqual(labelsOf('app{}'), { __name__: 'app' });
  });

  test('may hold labels', () => {
    assert.deepEqual(labelsOf('app{ region = eu, env=a=b }'), { __name__: 'app', env: 'a=b', region: 'eu' });
  });

  test('ends a value at the first comma or brace, and may close twice', () => {
    assert.deepEqual(labelsOf('app{a={b}}'), { __name__: 'app', a: '{b' });
    assert.deepEqual(labelsOf('my-app/x.y { a = b , }'), { __name__: 'my-app/x.y', a: 'b' });
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['', /names no application/],
    ['{a=b}', /names no application/],
    ['a+b', /invalid name "a\+b": "\+"/],
    ['ünï', /invalid name/],
    ['app}', /"}" is not allowed/],
    ['app{broken', /without its "}"/],
    ['app{a=b', /without its "}"/],
    ['app{', /without its "}"/],
    ['app{a}', /"a" is no label/],
    ['app{a=b,c}', /"c" is no label/],
    ['app{bad-label=x}', /invalid label name "bad-label"/],
    ['app{a=b,,c=d}', /invalid label name ",c"/],
    ['app{=x}', /without a name/],
    ['app{a=b}c', /"c" stands behind/],
    ['app{a=b}{c=d}', /stands behind/],
  ];
  for (const [text, problem] of refused)
    test(`is refused as ${JSON.stringify(text)}`, () => {
      const parsed = parseAppName(text);
      assert.match('problem' in parsed ? parsed.problem : '', problem);
    });

  test('comes back from the labels that it gave', () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9_.]{1,8}$/).filter((key) => !key.startsWith('__'));
    fc.assert(
      fc.property(word, fc.dictionary(word, word), (service, others) => {
        const labels = namedForService(sortedLabels(Object.entries({ ...others, service_name: service })));
        assert.deepEqual(parseAppName(appNameText(labels)), { labels });
      }),
    );
  });
});
