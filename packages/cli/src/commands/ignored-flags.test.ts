import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Command } from 'commander';
import { addIgnoredFlags, givenIgnoredFlags, withPlainBooleans } from './ignored-flags.ts';

function given(...args: string[]): string[] {
  const command = new Command('run')
    .argument('<path>')
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  addIgnoredFlags(command);
  command.parse(withPlainBooleans([...args, 'a.alloy']), { from: 'user' });
  assert.deepEqual(command.args, ['a.alloy']);
  return givenIgnoredFlags(command).map(({ flag }) => flag);
}

describe('flags of the reference', () => {
  test('are accepted in the forms that Go takes', () => {
    assert.deepEqual(given('--disable-reporting', '--cluster.name=a', '--cluster.join-addresses', 'b:1'), [
      '--disable-reporting',
      '--cluster.join-addresses',
      '--cluster.name',
    ]);
    for (const value of ['true', 't', '1', 'TRUE'])
      assert.deepEqual(given(`--cluster.enabled=${value}`), ['--cluster.enabled']);
  });

  test('were not given where a boolean is switched off', () => {
    for (const value of ['false', 'F', '0']) assert.deepEqual(given(`--cluster.enabled=${value}`), []);
    assert.deepEqual(given(), []);
  });

  test('with a value of the wrong kind are refused', () => {
    assert.throws(() => given('--cluster.max-join-peers=many'), /whole number/);
    assert.throws(() => given('--cluster.rejoin-interval=60'), /duration such as/);
    assert.throws(() => given('--cluster.enabled=maybe'), /--cluster\.enabled is true or false/);
    assert.deepEqual(given('--cluster.rejoin-interval=0'), ['--cluster.rejoin-interval']);
  });

  test('behind -- are no flags', () => {
    assert.deepEqual(withPlainBooleans(['run', '--', '--cluster.enabled=true']), [
      'run',
      '--',
      '--cluster.enabled=true',
    ]);
  });
});
