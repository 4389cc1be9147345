import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { targetKind } from '@pewter/discovery';
import { body, capsule, decodeBody, list, required, standardLibrary } from '@pewter/language';
import { parse, SourceFile } from '@pewter/syntax';
import { missing, readReferenceLines } from './harness/reference.ts';

interface Case {
  readonly expr: string;
  readonly targets?: readonly Readonly<Record<string, string>>[] | null;
  readonly error?: string;
}

const schema = body({ targets: required(list(capsule(targetKind))) });
const scope = standardLibrary();

/** Decodes an expression as the reference's data was made: as the argument `targets` of a body. */
function decode(expr: string) {
  const source = new SourceFile('case', `targets = ${expr}`);
  const { file, diagnostics } = parse(source);
  assert.deepEqual(diagnostics, []);
  const at = { source, range: file.range, name: 'case' };
  return { source, ...decodeBody(file.body, schema, scope, at) };
}

function check({ expr, targets, error }: Case): void {
  const { value, diagnostics, source } = decode(expr);
  if (error !== undefined) {
    const [first] = diagnostics;
    const place = source.position(first?.location?.range.start ?? -1);
    assert.equal(`${place.line}:${place.column}`, error.split(': ')[0]);
    return;
  }
  assert.deepEqual(diagnostics, []);
  const labels = value?.targets.map((target) =>
    Object.fromEntries([...target].map(([name, text]) => [name, text.toWellFormed()])),
  );
  assert.deepEqual(labels, targets ?? []);
}

describe('what the reference makes targets of', { skip: missing('targets/convert.jsonl') }, () => {
  for (const one of readReferenceLines<Case>('targets/convert.jsonl')) {
    test(JSON.stringify(one.expr), () => check(one));
  }
});
