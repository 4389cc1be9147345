import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextIndex, tokenize } from './text-index.ts';

test('words are lower case and without their endings', () => {
  assert.deepEqual(tokenize('Parsing the Parsers, parsed!'), ['pars', 'the', 'parser', 'pars']);
});

test('the document with more and rarer words of the query comes first', () => {
  const index = new TextIndex();
  index.addDocument(1, 'the queue sends the profile');
  index.addDocument(2, 'the queue waits');
  index.addDocument(3, 'nothing of it');
  assert.deepEqual(
    index.search('queue profile', 5).map(({ id }) => id),
    [1, 2],
  );
  assert.equal(index.search('queue profile', 1).length, 1);
  assert.deepEqual(index.search('absent', 5), []);
});
