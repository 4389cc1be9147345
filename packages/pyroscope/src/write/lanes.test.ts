import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type LaneItem, Lanes } from './lanes.ts';

interface Item extends LaneItem {
  readonly number: number;
}

const item = (lane: string | undefined, number: number): Item => ({ lane, number });

describe('lanes', () => {
  test('give one item of a lane at a time, and others meanwhile', () => {
    const lanes = new Lanes<Item>();
    const [a1, a2, b1] = [item('a', 1), item('a', 2), item('b', 3)] as const;
    for (const one of [a1, a2, b1]) lanes.push(one);
    assert.deepEqual([lanes.next(), lanes.next(), lanes.next()], [a1, b1, undefined]);
    lanes.release(a1);
    assert.equal(lanes.next(), a2);
    assert.equal(lanes.waiting, 0);
  });

  test('hold up nothing that has no lane', () => {
    const lanes = new Lanes<Item>();
    for (const number of [1, 2]) lanes.push(item(undefined, number));
    assert.deepEqual([lanes.next()?.number, lanes.next()?.number], [1, 2]);
  });

  test('give first what was put back', () => {
    const lanes = new Lanes<Item>();
    for (const number of [1, 2]) lanes.push(item('a', number));
    const first = lanes.next();
    assert.ok(first);
    lanes.putBack([first]);
    lanes.release(first);
    assert.equal(lanes.next(), first);
  });

  test('keep the order of each lane and lose nothing, whatever is taken, finished, put back and removed', () => {
    const step = fc.record({
      what: fc.constantFrom('push', 'next', 'release', 'back', 'oldest'),
      lane: fc.constantFrom('a', 'b', undefined),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const lanes = new Lanes<Item>();
        const left: Item[] = [];
        const under: Item[] = [];
        let pushed = 0;
        for (const { what, lane } of steps) {
          if (what === 'push') lanes.push(item(lane, ++pushed));
          const taken = what === 'next' ? lanes.next() : undefined;
          if (taken) under.push(taken);
          if (what === 'oldest' && lanes.oldest) {
            const oldest = lanes.oldest;
            assert.equal(lanes.remove(oldest), true);
            left.push(oldest);
          }
          const done = what === 'release' || what === 'back' ? under.shift() : undefined;
          if (done && what === 'back') lanes.putBack([done]);
          else if (done) left.push(done);
          if (done) lanes.release(done);
          const busy = under.flatMap((one) => one.lane ?? []);
          assert.equal(new Set(busy).size, busy.length, 'one of a lane at a time');
        }
        for (const one of under.splice(0)) {
          left.push(one);
          lanes.release(one);
        }
        const rest: Item[] = [];
        for (let next = lanes.next(); next; next = lanes.next()) {
          rest.push(next);
          lanes.release(next);
        }
        for (const name of ['a', 'b']) {
          const numbers = rest.flatMap((one) => (one.lane === name ? one.number : []));
          assert.deepEqual(
            numbers,
            numbers.toSorted((a, b) => a - b),
          );
        }
        assert.deepEqual(
          [...left, ...rest].map((one) => one.number).sort((a, b) => a - b),
          Array.from({ length: pushed }, (_, index) => index + 1),
        );
      }),
    );
  });
});
