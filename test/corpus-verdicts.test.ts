import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type LoadOptions, load, type Stability } from '@pewter/runtime';
import { sourceFromBytes } from '@pewter/syntax';
import { checkedVocabulary } from '../packages/cli/src/components.ts';
import { excusedVerdicts } from './corpus-verdicts.excused.ts';
import { missing, readReferenceLines, referencePath } from './harness/reference.ts';

interface Placed {
  readonly severity: string;
  readonly line: number;
}

interface Verdict {
  readonly ok: boolean;
  readonly diagnostics?: readonly Placed[];
}

interface CorpusFile {
  readonly file: string;
  readonly ga: Verdict;
  readonly experimental: Verdict;
}

const levels = {
  ga: { stability: 'generally-available', community: false },
  experimental: { stability: 'experimental', community: true },
} as const satisfies Record<string, { stability: Stability; community: boolean }>;

type Options = Omit<LoadOptions, 'sources'>;

const agreeing = 'verdict and lines of the reference';

/** What differs from the reference on one file; undefined where nothing does. */
function difference(file: string, expected: Verdict, options: Options, counts: Map<string, number>) {
  const source = sourceFromBytes(file, readFileSync(referencePath(`corpus/${file}`)));
  const { ok, diagnostics } = load({ ...options, sources: [source] });
  const cell = `${expected.ok ? 'accepted' : 'refused '} there, ${ok ? 'accepted' : 'refused '} here`;
  counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const said = errors.map(({ code, message, location }) => {
    const line = location === undefined ? 0 : location.source.position(location.range.start).line;
    return `${line}: ${code} ${message}`;
  });
  if (ok !== expected.ok) return ok ? 'should be refused' : `should be accepted, but: ${said.join('; ')}`;
  const lines = new Set(
    errors
      .flatMap(({ location, related = [] }) => [...(location === undefined ? [] : [location]), ...related])
      .map((place) => place.source.position(place.range.start).line),
  );
  const missed = (expected.diagnostics ?? []).filter(
    ({ severity, line }) => severity === 'error' && line > 0 && !lines.has(line),
  );
  if (missed.length === 0) {
    counts.set(agreeing, (counts.get(agreeing) ?? 0) + 1);
    return undefined;
  }
  return `line ${missed.map(({ line }) => line).join(', ')} should be among: ${said.join('; ')}`;
}

describe('real configs get the verdict of the reference', { skip: missing('corpus/verdicts.jsonl') }, () => {
  const files = readReferenceLines<CorpusFile>('corpus/verdicts.jsonl');
  const needed = new Set<string>();
  for (const [level, { stability, community }] of Object.entries(levels)) {
    test(`at ${stability}, and its lines are among ours`, (t) => {
      const options = { ...checkedVocabulary({ community }), stability, checkLibraries: true };
      const counts = new Map<string, number>();
      const differing = new Map<string, string>();
      for (const one of files) {
        const found = difference(one.file, one[level as keyof typeof levels], options, counts);
        if (found !== undefined) differing.set(one.file, found);
      }
      for (const file of differing.keys()) needed.add(file);
      for (const [cell, count] of [...counts].sort()) t.diagnostic(`${cell}: ${count}`);
      const unexcused = [...differing].filter(([file]) => !Object.hasOwn(excusedVerdicts, file));
      assert.deepEqual(Object.fromEntries(unexcused), {});
    });
  }

  test('no file is excused that does not differ', () => {
    assert.deepEqual(
      Object.keys(excusedVerdicts).filter((file) => !needed.has(file)),
      [],
    );
  });
});
