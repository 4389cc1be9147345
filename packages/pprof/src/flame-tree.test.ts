import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Profile } from 'pprof-format';
import { FlameTree } from './flame-tree.ts';

/** A profile of stacks, each from the outermost caller in. */
function profileOf(stacks: readonly (readonly [names: string, value: number])[]): Profile {
  const base = new Profile();
  const string = (text: string) => base.stringTable.dedup(text);
  const names = [...new Set(stacks.flatMap(([text]) => text.split(' ')))];
  return new Profile({
    stringTable: base.stringTable,
    sampleType: [{ type: string('cpu'), unit: string('nanoseconds') }],
    function: names.map((name, index) => ({ id: index + 1, name: string(name) })),
    location: names.map((_, index) => ({ id: index + 1, line: [{ functionId: index + 1, line: 1 }] })),
    sample: stacks.map(([text, value]) => ({
      locationId: text
        .split(' ')
        .map((name) => names.indexOf(name) + 1)
        .reverse(),
      value: [value],
    })),
  });
}

const type = 'cpu/nanoseconds';

describe('a flame tree', () => {
  test('folds the stacks of several profiles, the largest child first', () => {
    const tree = new FlameTree(type);
    tree.add(
      profileOf([
        ['main a', 1],
        ['main b', 5],
      ]),
    );
    tree.add(
      profileOf([
        ['main a', 2],
        ['main', 1],
      ]),
    );
    assert.deepEqual(tree.tree(), {
      name: 'all',
      value: 9,
      children: [
        {
          name: 'main',
          value: 9,
          children: [
            { name: 'b', value: 5, children: [] },
            { name: 'a', value: 3, children: [] },
          ],
        },
      ],
    });
  });

  test('leaves out what is too small, what is below zero, and profiles without the type', () => {
    const tree = new FlameTree(type);
    tree.add(
      profileOf([
        ['a', 100],
        ['b', 1],
        ['c', -5],
      ]),
    );
    const other = new FlameTree('alloc/bytes');
    other.add(profileOf([['a', 100]]));
    assert.deepEqual(
      tree.tree(0.05).children.map(({ name }) => name),
      ['a'],
    );
    assert.deepEqual(other.tree(), { name: 'all', value: 0, children: [] });
  });

  test('takes stacks of any depth', () => {
    const tree = new FlameTree(type);
    tree.add(profileOf([[Array.from({ length: 20_000 }, () => 'f').join(' '), 1]]));
    let depth = 0;
    for (let node = tree.tree().children[0]; node; node = node.children[0]) depth++;
    assert.equal(depth, 20_000);
  });
});
