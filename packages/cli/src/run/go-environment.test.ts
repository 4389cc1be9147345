import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goVariables } from './go-environment.ts';

test('variables of the Go runtime that are set are told of, with what does the same here', () => {
  const told = goVariables({ GOMEMLIMIT: '1GiB', GOGC: '', PATH: '/bin' });
  assert.deepEqual(
    told.map(({ variable }) => variable),
    ['GOMEMLIMIT'],
  );
  assert.match(told[0]?.because ?? '', /max-old-space-size/);
});
