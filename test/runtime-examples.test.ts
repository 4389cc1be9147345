import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { loadResolved, runtimeCodes, type Stability } from '@pewter/runtime';
import { format, parse, SourceFile } from '@pewter/syntax';
import { testOutside } from '@pewter/testkit';
import { root } from './harness/files.ts';
import { referenceVocabulary } from './harness/reference-load.ts';

const page = readFileSync(join(root, 'docs/diagnostics.md'), 'utf8');

/** What only shows when a config is run, or where a component is missing that the reference has. */
const notAtLoad: ReadonlySet<string> = new Set(['E0202', 'E0212', 'E0606']);

async function codesOf(text: string, stability: Stability): Promise<readonly string[]> {
  const sources = [new SourceFile('example.alloy', text)];
  const outside = { ...testOutside(), storagePath: '/nonexistent' };
  const { diagnostics } = await loadResolved({ ...referenceVocabulary, sources, stability }, outside);
  return diagnostics.map((one) => one.code);
}

describe('the examples in docs/diagnostics.md of names, blocks and modules', () => {
  for (const code of Object.keys(runtimeCodes)) {
    const section = page.split(/^### /m).find((part) => part.startsWith(code)) ?? '';
    const examples = [...section.matchAll(/```alloy\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
    const stability = code === 'E0211' ? 'generally-available' : 'experimental';
    test(`of ${code} are formatted, the wrong one gives it, the right one nothing`, async () => {
      const [wrong = '', right] = examples;
      for (const text of examples) {
        assert.equal(format(parse(new SourceFile('example.alloy', text)).file), text);
      }
      if (notAtLoad.has(code)) return;
      // An imported text is not part of the config's own, so a mistake in it shows through the code of its use.
      const told = code === 'E0604' ? 'E0601' : code;
      const codes = await codesOf(wrong, stability);
      assert.ok(codes.includes(told), codes.join());
      assert.deepEqual(await codesOf(right ?? '', stability), []);
    });
  }
});
