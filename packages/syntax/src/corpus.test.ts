import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { format } from './format.ts';
import { placesOfComments, shapeOf } from './format-laws.test-help.ts';
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

/**
 * Files that a second pass changes, in the reference as here: an empty object or list over several lines is joined, and
 * only the next pass aligns its attribute with the neighbours. This list may only shrink.
 */
const CHANGED_AGAIN: readonly string[] = [
  'files/grafana__k8s-monitoring-helm/charts/k8s-monitoring/docs/examples/auth/bearer-token/alloy-metrics.alloy',
  'files/grafana__k8s-monitoring-helm/charts/k8s-monitoring/tests/integration/application-observability/.rendered/alloy-receiver.alloy',
  'files/grafana__k8s-monitoring-helm/charts/k8s-monitoring/tests/integration/proxies/.rendered/alloy-singleton.alloy',
];

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
  test('is at rest once formatted, but for a list that may only shrink, and at the latest after a second time', (context) => {
    const all = verdicts().filter(({ parse }) => parse.ok);
    const changing = all.filter(({ file }) => {
      const once = formatted(read(file));
      const twice = formatted(once);
      assert.equal(formatted(twice), twice, file);
      return once !== twice;
    });
    context.diagnostic(`${all.length - changing.length} of ${all.length}`);
    assert.deepEqual(changing.map(({ file }) => file).toSorted(), CHANGED_AGAIN);
  });

  test('keeps its tree and the places of its comments', (context) => {
    const all = verdicts().filter(({ parse }) => parse.ok);
    const differing = all.filter(({ file }) => {
      const before = parse(new SourceFile(file, read(file))).file;
      const after = parse(new SourceFile(file, format(before))).file;
      return (
        shapeOf(before) !== shapeOf(after) ||
        !isDeepStrictEqual(placesOfComments(before), placesOfComments(after))
      );
    });
    context.diagnostic(`${all.length - differing.length} of ${all.length}`);
    assert.deepEqual(
      differing.map(({ file }) => file),
      [],
    );
  });
});
