import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { body, decodeBody, languageCodes, required, standardLibrary, string } from '@pewter/language';
import { load } from '@pewter/runtime';
import { format, parse, SourceFile } from '@pewter/syntax';
import { root } from './harness/files.ts';
import { referenceVocabulary } from './harness/reference-load.ts';

const page = readFileSync(join(root, 'docs/diagnostics.md'), 'utf8');

/** Functions below the allowed stability show only where less is allowed. */
const stability = (code: string) => (code === 'E0311' ? 'generally-available' : 'experimental');

/** An unknown name in a config is found before anything is evaluated; only an expression of its own gets this far. */
function codeOfExpression(text: string): readonly string[] {
  const source = new SourceFile('example.alloy', text);
  const { file } = parse(source);
  const at = { source, range: file.range, name: 'example' };
  return decodeBody(file.body, body({ value: required(string) }), standardLibrary(), at).diagnostics.map(
    (one) => one.code,
  );
}

function codesOf(text: string, code: string): readonly string[] {
  if (code === 'E0301') return codeOfExpression(text);
  const sources = [new SourceFile('example.alloy', text)];
  return load({ ...referenceVocabulary, sources, stability: stability(code) }).diagnostics.map(
    (one) => one.code,
  );
}

describe('the examples in docs/diagnostics.md', () => {
  for (const code of Object.keys(languageCodes)) {
    test(`of ${code}: the wrong one gives it alone, the right one nothing, and both are formatted`, () => {
      const section = page.split(/^### /m).find((part) => part.startsWith(code)) ?? '';
      const [wrong = '', right = ''] = [...section.matchAll(/```alloy\n([\s\S]*?)```/g)].map(
        ([, text]) => text ?? '',
      );
      assert.deepEqual(codesOf(wrong, code), [code]);
      assert.deepEqual(codesOf(right, code), []);
      for (const text of [wrong, right]) {
        assert.equal(format(parse(new SourceFile('example.alloy', text)).file), text);
      }
    });
  }
});
