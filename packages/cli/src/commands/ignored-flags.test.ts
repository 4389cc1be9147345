import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command } from 'commander';
import { addIgnoredFlags, givenIgnoredFlags, withPlainBooleans } from './ignored-flags.ts';

function given(...args: string[]): string[] {
  const command = new Command('run').argument('<path>');
  addIgnoredFlags(command);
  command.parse(withPlainBooleans([...args, 'a.alloy']), { from: 'user' });
  assert.deepEqual(command.args, ['a.alloy']);
  return givenIgnoredFlags(command).map(({ flag }) => flag);
}

test('flags of the reference are accepted in the forms that Go takes', () => {
  assert.deepEqual(given('--disable-reporting', '--cluster.name=a', '--cluster.join-addresses', 'b:1'), [
    '--disable-reporting',
    '--cluster.join-addresses',
    '--cluster.name',
  ]);
  assert.deepEqual(given('--cluster.enabled=true'), ['--cluster.enabled']);
});

test('a boolean that is switched off was not given', () => {
  assert.deepEqual(given('--cluster.enabled=false'), []);
  assert.deepEqual(given(), []);
});
