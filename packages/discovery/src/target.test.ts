import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { recordings, unhex } from './reference.fixture.ts';
import { Target } from './target.ts';
import { allLabelsHash, nonMetaLabelsHash, specificLabelsHash } from './target-hash.ts';

interface HashCase {
  readonly name: string;
  readonly enc?: string;
  readonly own: Readonly<Record<string, string>>;
  readonly group?: Readonly<Record<string, string>>;
  readonly len: number;
  readonly string: string;
  readonly nonMetaLabelsHash: string;
  readonly allLabelsHash: string;
  readonly specific?: readonly string[];
  readonly specificLabelsHash?: string;
}

describe('a target prints and hashes as the reference does', () => {
  const cases = recordings<HashCase>('targets/hashes.jsonl');
  test('recordings are there', {
    skip: cases.length === 0 && 'no reference data beside the checkout',
  }, () => {
    assert.ok(cases.length > 0);
  });
  for (const golden of cases) {
    test(golden.name, () => {
      const text = golden.enc === 'hex' ? unhex : (value: string) => value;
      const mapOf = (labels: Readonly<Record<string, string>>) =>
        new Map(Object.entries(labels).map(([name, value]) => [text(name), text(value)]));
      const target = new Target(mapOf(golden.own), mapOf(golden.group ?? {}));
      assert.equal(target.size, golden.len);
      assert.equal(target.toString(), text(golden.string));
      assert.equal(String(nonMetaLabelsHash(target)), golden.nonMetaLabelsHash);
      assert.equal(String(allLabelsHash(target)), golden.allLabelsHash);
      if (golden.specific !== undefined) {
        const names = golden.specific.map(text);
        assert.equal(String(specificLabelsHash(target, names)), golden.specificLabelsHash);
      }
    });
  }
});

test('a label of its own wins over a shared one', () => {
  const target = new Target(
    new Map([['a', 'own']]),
    new Map([
      ['a', 'shared'],
      ['b', ''],
    ]),
  );
  assert.equal(target.get('a'), 'own');
  assert.equal(target.get('b'), '');
  assert.equal(target.has('c'), false);
  assert.deepEqual(
    [...target],
    [
      ['a', 'own'],
      ['b', ''],
    ],
  );
});

test('targets are equal whether labels are shared or their own', () => {
  const shared = new Target(new Map([['a', '1']]), new Map([['b', '2']]));
  assert.ok(shared.equals(Target.of({ b: '2', a: '1' })));
  assert.ok(!shared.equals(Target.of({ b: '2', a: '3' })));
  assert.ok(!shared.equals(Target.of({ b: '2', a: '1', c: '' })));
});

test('labels come sorted by their UTF-8 bytes, not by UTF-16 units', () => {
  const names = [...Target.of({ '\u{1f600}': '1', '\uff5e': '2' })].map(([name]) => name);
  assert.deepEqual(names, ['\uff5e', '\u{1f600}']);
});
