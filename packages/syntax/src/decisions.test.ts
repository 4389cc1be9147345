import assert from 'node:assert/strict';
import { test } from 'node:test';
import generated from './decisions.generated.json' with { type: 'json' };
import { decide, decisionsOf } from './decisions.ts';
import { parse } from './parse.ts';
import { AlloyParser } from './parser.ts';
import { SourceFile } from './source.ts';

test('the decisions that are kept are those that the grammar comes to', () => {
  const analysed = decisionsOf(new AlloyParser({ skipValidations: true }));
  assert.deepEqual(generated, analysed, 'make them anew: node packages/syntax/scripts/generate-decisions.ts');
});

test('a parser gives back the decisions that it was given', () => {
  const given = new AlloyParser({ skipValidations: true, decisions: generated });
  assert.deepEqual(decisionsOf(given), generated);
  const rows = ['3 512 .........+.........', '4 512 +..................'];
  const other = { selfAnalysisDone: false, lookAheadFuncsCache: {} };
  decide(other, rows);
  assert.deepEqual([decisionsOf(other), other.selfAnalysisDone], [rows, true]);
});

test('where no alternative fits, a mistake is still told', () => {
  const { diagnostics } = parse(new SourceFile('a.alloy', 'a = ,\nb = 1\n'));
  assert.equal(diagnostics[0]?.code, 'E0120');
});
