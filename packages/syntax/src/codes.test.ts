import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { syntaxCodes } from './codes.ts';
import { parse } from './parse.ts';
import { MAX_DEPTH } from './recovering-parser.ts';
import { SourceFile } from './source.ts';

/** Mistaken configs, with « » around the range that the first diagnostic marks. */
const CASES: readonly (readonly [code: string, text: string])[] = [
  ['E0101', 'a = 1 «#» b'],
  ['E0101', 'a = true «&» false'],
  ['E0101', 'a = «“»x”'],
  ['E0102', 'a = «"x»\nb = 1'],
  ['E0102', 'a = «`x»\nb = 1'],
  ['E0103', 'a = 1\n«/*» b'],
  ['E0104', 'a = "«\0»"'],
  ['E0104', '// «\uFEFF»'],
  ['E0104', 'a = "«\uDCFF»"'],
  ['E0105', "a = «'x'»"],
  ['E0106', 'a = "b«\\d»"'],
  ['E0106', 'a = "«\\u»12"'],
  ['E0107', 'a = «1e»'],
  ['E0110', 'a = 1\n«=» 2'],
  ['E0110', '«1» = 2'],
  ['E0111', 'a «1»'],
  ['E0111', 'f«(»1)'],
  ['E0112', 'a «b» { }'],
  ['E0112', 'a «`b`» { }'],
  ['E0113', 'a «"b-c"» { }'],
  ['E0114', '«a.b» = 1'],
  ['E0114', 'a «"b"» = 1'],
  ['E0115', 'a = «b» { }'],
  ['E0115', 'a =\n«b» { }'],
  ['E0115', 'a = 1 +\n\n«b.c» "d" { }'],
  ['E0115', 'a = [] || !«b» { }'],
  ['E0116', 'a = 1 «b» = 2'],
  ['E0116', 'a = 1«,»\nb = 2'],
  ['E0117', 'a {\n\tb = 1\n«»'],
  ['E0117', 'a = {b = 1, «)»'],
  ['E0118', 'a { }\n«}»'],
  ['E0120', 'a = \n«»'],
  ['E0120', 'a = «)»'],
  ['E0120', 'a = «<»URL>'],
  ['E0120', 'a =\nb «=» 1'],
  ['E0121', 'a = [1 «2»]'],
  ['E0121', 'a = [1«»\n]'],
  ['E0121', 'a = {b = 1«»\n}'],
  ['E0122', 'a = (1«»'],
  ['E0122', 'a = b[1«»\n]'],
  ['E0123', 'a = b.«"c"»'],
  ['E0123', 'a.«=» 1'],
  ['E0123', 'a = b«.»\n\nc "d" { }'],
  ['E0123', 'a = [b.c«.»\n\nd.e "f" { }'],
  ['E0124', 'a = {«1» = 2}'],
  ['E0124', 'a = {b = 1, «true» = 2}'],
  ['E0125', 'a = {b «1»}'],
  ['E0126', 'a = «10s»'],
  ['E0126', 'a = [«5MiB»]'],
  ['E0130', `a = ${'['.repeat(MAX_DEPTH - 1)}«[»1`],
  ['E0130', `${'a {\n'.repeat(MAX_DEPTH)}«a» {`],
];

describe('each kind of mistake', () => {
  for (const [code, marked] of CASES) {
    test(`${code} marks ${JSON.stringify(marked.length < 40 ? marked : `${marked.slice(0, 40)}…`)}`, () => {
      const text = marked.replace(/[«»]/g, '');
      const { diagnostics } = parse(new SourceFile('config.alloy', text));
      assert.equal(diagnostics[0]?.code, code);
      assert.deepEqual(diagnostics[0]?.location?.range, rangeIn(marked));
    });
  }

  test('has a case above', () => {
    assert.deepEqual(
      [...new Set(CASES.map(([code]) => code))].toSorted(),
      Object.keys(syntaxCodes).toSorted(),
    );
  });
});

function rangeIn(marked: string): { start: number; end: number } {
  const start = marked.indexOf('«');
  return { start, end: marked.indexOf('»') - 1 };
}
