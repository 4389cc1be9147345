import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TestHost } from '../packages/cli/src/host.test-help.ts';
import { runProgram } from '../packages/cli/src/program.ts';

const folder = join(import.meta.dirname, 'mistakes');

/** What `validate` shows of a config, with the name of the file alone. */
async function shown(name: string): Promise<string> {
  const host = new TestHost();
  const path = join(folder, name);
  const status = await runProgram(['validate', path], host);
  assert.equal(status, 1, host.out);
  return host.err.replaceAll(path, name);
}

/** The lines of a message that are not the source that it is about: other places of that count as it. */
function said(message: string): readonly string[] {
  return message.split('\n').filter((line) => line !== '' && !/^ +\d* \|( |$)|^ {2}\S+:\d+:\d+: /.test(line));
}

// The goldens are written anew with UPDATE_GOLDENS=1, for a person to read in the diff.
describe('mistakes that people make', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.alloy'))) {
    test(`${name.replace('.alloy', '').replaceAll('-', ' ')}: what, where and what to do`, async () => {
      const text = await shown(name);
      const golden = join(folder, name.replace('.alloy', '.txt'));
      if (process.env.UPDATE_GOLDENS === '1') writeFileSync(golden, text);
      assert.equal(text, readFileSync(golden, 'utf8'));
      const errors = text.split(/^(?=\S+:\d+:\d+: (?:error|warning)\[)/m);
      assert.ok(errors.length <= 2, `one mistake gives ${errors.length} messages`);
      for (const message of errors) {
        assert.ok(said(message).length <= 3, message);
        assert.match(message, /^\S+:\d+:\d+: (error|warning)\[/);
      }
      assert.match(errors[0] ?? '', /^ {2}hint: /m, 'says what to do');
    });
  }

  test('are fifty at least', () => {
    assert.ok(readdirSync(folder).filter((file) => file.endsWith('.alloy')).length >= 50);
  });
});
