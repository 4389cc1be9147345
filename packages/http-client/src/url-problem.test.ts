import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { urlProblem } from './url-problem.ts';

describe('a URL', () => {
  test('is taken as Go takes it, also where it leads nowhere', () => {
    for (const text of [
      'http://localhost:9/sd?a=%zz#x',
      'https://u:p%20w@h.example/',
      '8080',
      'a word/with:colon',
      '',
      '/only/a/path',
      'http://',
      'mailto:a b',
      'http://[::1]:80/',
      'http://host:/x',
      'gopher://h',
      'http://ümlaut.example/ä',
    ])
      assert.equal(urlProblem(text), undefined, text);
  });

  test('is refused as Go refuses it', () => {
    for (const text of [
      'http://localhost/%zz',
      'http://localhost/%4',
      'http://h#%x',
      ':8080',
      'localhost:port/x y:80'.replace('localhost', '1host'),
      'http://h:port/',
      'http://a b/',
      'http://[::1/',
      'http://u{@h/',
      'http://h/\u0007',
      'http://h%zz/',
    ])
      assert.notEqual(urlProblem(text), undefined, text);
  });
});
