import assert from 'node:assert/strict';
import { test } from 'node:test';
import { power } from './power.ts';

test('powers are those of Go, to the last bit', () => {
  for (const [x, y, result] of [
    [5, 255, 1.7272337110188896e178],
    [2, 10, 1024],
    [2, -3, 0.125],
    [-2, 3, -8],
    [1.5, 2, 2.25],
    [2, 1024, Number.POSITIVE_INFINITY],
    [2, -1074, 5e-324],
    [2, -1075, 0],
    [10, 308, 1.0000000000000006e308],
    [3.2, 51.5, 1.0356759311654487e26],
    [2, 0.5, Math.SQRT2],
    [-8, 1 / 3, Number.NaN],
    [0, -1, Number.POSITIVE_INFINITY],
    [1, Number.NaN, 1],
    [-1, Number.POSITIVE_INFINITY, 1],
    [2, 1e300, Number.POSITIVE_INFINITY],
    [2, 0.2, 1.148698354997035],
    [8, 1 / 3, 1.9999999999999998],
    [0.5, -2.5, 5.65685424949238],
    [1e21, 2.5, 3.162277660168377e52],
    [1.0000001, 3e9, 1.9423975667744026e130],
    [5e-324, 0.3, 4.110496954075371e-93],
    [64, 1e-308, 1],
    [3e302, -1.5, 0],
  ] as const) {
    assert.equal(power(x, y), result, `${x} ^ ${y}`);
  }
});
