import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Linter } from '@pewter/lint';
import { load } from '@pewter/runtime';
import { format, parse, SourceFile } from '@pewter/syntax';
import { checkedVocabulary } from '../packages/cli/src/components.ts';
import { root } from './harness/files.ts';
import { runPewter } from './harness/process.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the README', () => {
  test('has a config to copy that is formatted and that nothing is to be said of', () => {
    const configs = Array.from(readme.matchAll(/```alloy\n([\s\S]*?)```/g), ([, text = '']) => text);
    assert.ok(configs.length > 0);
    const vocabulary = { ...checkedVocabulary(), stability: 'generally-available' as const };
    for (const text of configs) {
      const source = new SourceFile('README.alloy', text);
      const config = load({ ...vocabulary, sources: [source] });
      assert.deepEqual(new Linter(vocabulary).review(config), []);
      assert.equal(format(parse(source).file), text);
    }
  });

  test('leads to every page of docs/', () => {
    const pages = globSync('docs/*.md', { cwd: root });
    assert.deepEqual(
      pages.filter((page) => !readme.includes(`(${page})`)),
      [],
    );
  });

  test('has a line for each command', async () => {
    const { stdout } = await runPewter(['--help']);
    const [, list = ''] = stdout.split('Commands:\n');
    const names = Array.from(list.split('\n\n', 1)[0]?.matchAll(/^ {2}(\w+)/gm) ?? [], ([, name]) => name);
    assert.ok(names.length > 10, names.join());
    const missing = names.filter((name) => name !== 'help' && !readme.includes(`| \`pewter ${name}`));
    assert.deepEqual(missing, []);
  });
});
