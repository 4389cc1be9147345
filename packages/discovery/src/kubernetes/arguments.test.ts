import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kubernetesArguments, roleNames } from './arguments.ts';

/** What the rules say of a role, of the component or of a selector. */
function saidOf(role: string) {
  const { selectors } = kubernetesArguments.fields;
  assert.ok(selectors?.kind === 'block');
  return [kubernetesArguments, selectors.body].map(({ rules }) =>
    rules.flatMap((rule) =>
      rule.reads.includes('role') ? (rule.check({ role }, new Set(['role'])) ?? []) : [],
    ),
  );
}

test('a role that there is not is warned of, with the likely one, also in a selector', () => {
  for (const [said] of saidOf('pods')) {
    assert.equal(said?.severity, 'warning');
    assert.match(said?.hint ?? '', /did you mean `pod`/);
  }
  for (const [said] of saidOf('nonsense')) assert.match(said?.hint ?? '', /^one of pod, service, /);
});

test('each role that runs is fine', () => {
  for (const role of roleNames) assert.deepEqual(saidOf(role), [[], []], role);
});
