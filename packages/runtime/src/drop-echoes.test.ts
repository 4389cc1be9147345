import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceFile } from '@pewter/syntax';
import { FakeComponents } from '@pewter/testkit';
import { load } from './load.ts';

function codesOf(text: string): readonly string[] {
  const registry = new FakeComponents().registry;
  const { diagnostics, ok } = load({
    registry,
    stability: 'generally-available',
    sources: [new SourceFile('a.alloy', text)],
  });
  assert.equal(ok, false);
  return diagnostics.map(({ code }) => code);
}

test('a mistake of syntax is told without what only follows from it', () => {
  assert.deepEqual(codesOf('fake.passthrough "a" {\n  input: 1\n}'), ['E0101']);
  assert.deepEqual(codesOf('fake.passthrough "a" {\n  input = http://host\n}'), ['E0101']);
});

test('what is wrong in other blocks is told all the same', () => {
  const text = 'fake.passthrough "a" {\n  input: 1\n}\nfake.passthrough "b" {\n  inptu = 1\n}';
  assert.deepEqual(codesOf(text), ['E0101', 'E0401', 'E0402']);
});

test('a misspelt component is told once, and not by those who refer to it', () => {
  const text =
    'fake.passthrough "a" {\n  input = fake.passthrough.b.output\n}\nfake.passthrouhg "b" {\n  input = 1\n}';
  assert.deepEqual(codesOf(text), ['E0201']);
});
