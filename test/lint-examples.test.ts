import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Linter, lintCodes } from '@pewter/lint';
import { load } from '@pewter/runtime';
import { format, parse, SourceFile } from '@pewter/syntax';
import { checkedVocabulary } from '../packages/cli/src/components.ts';
import { root } from './harness/files.ts';

const page = readFileSync(join(root, 'docs/diagnostics.md'), 'utf8');
const vocabulary = { ...checkedVocabulary(), stability: 'experimental' as const };
const linter = new Linter(vocabulary);

function codesOf(text: string): readonly string[] {
  const config = load({ ...vocabulary, sources: [new SourceFile('example.alloy', text)] });
  return linter.review(config).map(({ code }) => code);
}

describe('the examples of lints in docs/diagnostics.md', () => {
  for (const code of Object.keys(lintCodes)) {
    test(`of ${code}: the wrong one gives it alone, the right one nothing, and both are formatted`, () => {
      const section = page.split(/^### /m).find((part) => part.startsWith(code)) ?? '';
      const [wrong = '', right = ''] = [...section.matchAll(/```alloy\n([\s\S]*?)```/g)].map(
        (match) => match[1],
      );
      assert.deepEqual(codesOf(wrong), [code]);
      assert.deepEqual(codesOf(right), []);
      for (const text of [wrong, right]) {
        assert.equal(format(parse(new SourceFile('example.alloy', text)).file), text);
      }
    });
  }
});
