import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { appNameText, parseAppName } from './app-name.ts';
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

  for (const text of ['app{broken', 'app{a=b', 'app{a}', 'app{bad-label=x}', 'app{=x}', 'app{a=b}c'])
    test(`is refused as ${text}`, () => assert.ok('problem' in parseAppName(text)));

  test('comes back from the labels that it gave', () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9_.]{1,8}$/).filter((key) => !key.startsWith('__'));
    fc.assert(
      fc.property(word, fc.dictionary(word, word), (service, others) => {
        const labels = sortedLabels(Object.entries({ ...others, __name__: service, service_name: service }));
        assert.deepEqual(parseAppName(appNameText(labels)), { labels });
      }),
    );
  });
});
