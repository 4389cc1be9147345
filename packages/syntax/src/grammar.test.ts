import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { grammarPage } from './grammar-page.ts';
import { ebnf } from './grammar-text.ts';
import { precedence } from './precedence.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, '../../../grammar', file), 'utf8');
const stale = (file: string) =>
  `grammar/${file} is stale: run node packages/syntax/scripts/generate-grammar.ts`;

describe('grammar/', () => {
  test('has the EBNF of the parser', () => {
    assert.ok(read('alloy.ebnf') === ebnf(), stale('alloy.ebnf'));
  });

  test('has the railroad page of the parser', () => {
    assert.ok(read('alloy.html') === grammarPage(), stale('alloy.html'));
  });

  test('has a page that loads nothing', () => {
    assert.doesNotMatch(read('alloy.html'), /<script|<link|src=|https?:/);
  });

  test('has a TextMate grammar whose patterns are regular expressions and know every operator', () => {
    const { repository, scopeName } = JSON.parse(read('alloy.tmLanguage.json'));
    assert.equal(scopeName, 'source.alloy');
    const patterns = JSON.stringify(repository).match(/"(?:match|begin|end)":"(?:[^"\\]|\\.)*"/g) ?? [];
    for (const pattern of patterns) {
      const { match, begin, end } = JSON.parse(`{${pattern}}`);
      assert.doesNotThrow(() => new RegExp(match ?? begin ?? end, 'u'), pattern);
    }
    const operator = new RegExp(`^(?:${repository.operator.match})$`);
    for (const name of Object.keys(precedence)) assert.match(name, operator);
  });
});
