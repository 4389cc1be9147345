import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { missing, readReferenceLines, referencePath } from './harness/reference.ts';
import { loadLikeReference } from './harness/reference-load.ts';
import { better } from './load-verdicts.better.ts';
import { notYet } from './load-verdicts.not-yet.ts';

interface Placed {
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly endLine?: number;
}

interface Verdict {
  readonly ok: boolean;
  readonly diagnostics: readonly Placed[];
}

interface Case {
  readonly case: string;
  readonly rule: string;
  readonly load: Verdict;
}

/**
 * What differs from the reference; undefined where nothing does. Where the reference can only name a whole
 * component, a line inside of it agrees. Places that it does not give are not compared.
 */
async function difference({ case: name, load }: Case): Promise<string | undefined> {
  const ours = await loadLikeReference(name, readFileSync(referencePath(`load/${name}`), 'utf8'));
  if (ours.ok !== load.ok) {
    return `${load.ok ? 'should load' : 'should be refused'}${ours.ok ? '' : `, but: ${ours.messages.join('; ')}`}`;
  }
  if (load.ok) return undefined;
  const placed = load.diagnostics.filter(
    ({ severity, file, line }) => severity === 'error' && file === name && line > 0,
  );
  const missed = placed.filter(
    ({ line, endLine }) =>
      !ours.errorLines.some((own) => own >= line && own <= Math.max(line, endLine ?? line)),
  );
  if (missed.length === 0) return undefined;
  const lines = missed.map(({ line }) => line).join(', ');
  return `line ${lines} should be among ${ours.errorLines.join(', ')}: ${ours.messages.join('; ')}`;
}

describe('configurations load or are refused as by the reference, at the same line', {
  skip: missing('load/verdicts.jsonl'),
}, () => {
  const cases = readReferenceLines<Case>('load/verdicts.jsonl');
  const excused = new Map(Object.entries(notYet).flatMap(([why, names]) => names.map((name) => [name, why])));
  const agreeing: string[] = [];

  const ours = new Map(better.flatMap(({ verdict, cases: names }) => names.map((name) => [name, verdict])));

  for (const one of cases.filter((each) => !ours.has(each.case))) {
    test(one.case, { todo: excused.get(one.case) }, async () => {
      const found = await difference(one);
      if (found === undefined) agreeing.push(one.case);
      assert.equal(found, undefined);
    });
  }

  for (const { finding, verdict, cases: names } of better) {
    test(`better than the reference: ${finding}`, async () => {
      const findings = ['FINDINGS.md', 'traffic/FINDINGS.md'].map((one) =>
        readFileSync(referencePath(one), 'utf8'),
      );
      const rows = findings
        .flatMap((text) => text.split('\n'))
        .filter((row) => row.startsWith(`| ${finding}`));
      assert.match(rows.join('\n'), /better[:,]/);
      for (const name of names) {
        const { ok } = await loadLikeReference(name, readFileSync(referencePath(`load/${name}`), 'utf8'));
        assert.equal(ok, verdict === 'loads', name);
        assert.notEqual(cases.find((one) => one.case === name)?.load.ok, ok, `${name} does not differ`);
      }
    });
  }

  test('no case is excused that agrees, or that does not exist', (t) => {
    t.diagnostic(`${agreeing.length} of ${cases.length}`);
    const known = new Set(cases.map((one) => one.case));
    const unneeded = [...excused.keys()].filter((name) => agreeing.includes(name) || !known.has(name));
    assert.deepEqual(unneeded, []);
  });
});
