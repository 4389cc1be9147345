import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { body, bool, optionalSecret, required, string, withDefault } from '@pewter/language';
import { SourceFile } from '@pewter/syntax';
import { load } from './load.ts';
import { registryOf } from './registry.ts';

const registry = registryOf([
  {
    name: 'test.file',
    stability: 'generally-available',
    arguments: body({ is_secret: withDefault(bool, false) }),
    exports: body({ content: required(optionalSecret) }),
    implementation: () => Promise.reject(new Error('only checked')),
  },
  {
    name: 'test.text',
    stability: 'generally-available',
    arguments: body({ text: required(string) }),
    exports: body({}),
    implementation: () => Promise.reject(new Error('only checked')),
  },
]);

function codesOf(secret: string, expression: string): readonly string[] {
  const text = `test.file "f" {\n  is_secret = ${secret}\n}\ntest.text "t" {\n  text = ${expression}\n}`;
  const sources = [new SourceFile('a.alloy', text)];
  return load({ registry, stability: 'generally-available', sources }).diagnostics.map(({ code }) => code);
}

describe('a content that is a secret', () => {
  test('is one where its arguments say so, also joined with a text', () => {
    assert.deepEqual(codesOf('true', 'test.file.f.content'), ['E0316']);
    assert.deepEqual(codesOf('true', '"Bearer " + test.file.f.content'), ['E0316']);
    assert.deepEqual(codesOf('true', 'string.to_upper(test.file.f.content)'), ['E0316']);
  });

  test('may be none where they do not, where that is not known, or where it is made plain', () => {
    assert.deepEqual(codesOf('false', 'test.file.f.content'), []);
    assert.deepEqual(codesOf('sys.env("X") == ""', 'test.file.f.content'), []);
    assert.deepEqual(codesOf('true', 'convert.nonsensitive(test.file.f.content)'), []);
  });
});
