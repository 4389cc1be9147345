import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { format } from './format.ts';
import { parse } from './parse.ts';
import { SourceFile } from './source.ts';

const reference = process.env.PEWTER_REFERENCE ?? join(import.meta.dirname, '../../../../shared/reference');
const corpus = join(reference, 'corpus');
const skip = existsSync(join(corpus, 'verdicts.jsonl')) ? false : `no reference data at ${corpus}`;

interface Verdict {
  readonly file: string;
  readonly parse: { readonly ok: boolean; readonly diagnostics?: readonly { readonly line: number }[] };
  readonly fmt: 'unchanged' | 'changed' | 'parse-error';
}

const verdicts = (): Verdict[] =>
  readFileSync(join(corpus, 'verdicts.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const read = (file: string) => readFileSync(join(corpus, file), 'utf8');
const formatted = (text: string) => format(parse(new SourceFile('config.alloy', text)).file);

describe('the corpus of real files', { skip }, () => {
  test('has the verdict and the line of the first error of the reference', (context) => {
    const all = verdicts();
    const differing = all.filter((verdict) => {
      const source = new SourceFile(verdict.file, read(verdict.file));
      const start = parse(source).diagnostics[0]?.location?.range.start;
      return (
        (verdict.parse.diagnostics?.[0]?.line ?? 0) !==
        (start === undefined ? 0 : source.position(start).line)
      );
    });
    context.diagnostic(`${all.length - differing.length} of ${all.length}`);
    assert.deepEqual(
      differing.map(({ file }) => file),
      [],
    );
  });

  test('is formatted to the same bytes as by the reference', (context) => {
    const all = verdicts().filter(({ parse }) => parse.ok);
    const differing = all.filter(({ file, fmt }) => {
      const text = formatted(read(file));
      return text !== read(fmt === 'changed' ? `${file}.fmt` : file);
    });
    context.diagnostic(`${all.length - differing.length} of ${all.length}`);
    assert.deepEqual(
      differing.map(({ file }) => file),
      [],
    );
  });
});
