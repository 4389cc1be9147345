import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { load } from '@pewter/runtime';
import { SourceFile } from '@pewter/syntax';
import { checkedVocabulary } from '../packages/cli/src/components.ts';
import { accepted, refused } from './component-rules.examples.ts';

const options = { ...checkedVocabulary({ community: true }), stability: 'experimental' } as const;

/** What is refused of one component whose body is this, and what is warned of. */
function check(component: string, body: string) {
  const source = new SourceFile('config.alloy', `${component} "x" {\n${body}\n}\n`);
  const { diagnostics } = load({ ...options, sources: [source] });
  const texts = (severity: string) =>
    diagnostics.filter((one) => one.severity === severity).map(({ message }) => message);
  return { errors: texts('error'), warnings: texts('warning') };
}

describe('a component that Alloy refuses when it loads it is refused', () => {
  for (const [component, cases] of Object.entries(refused)) {
    for (const [body, expected] of cases) {
      test(`${component}: ${expected.source}`, () => {
        const { errors } = check(component, body);
        assert.equal(errors.length, 1, errors.join('\n'));
        assert.match(errors[0] ?? '', expected);
      });
    }
  }
});

describe('a component that Alloy loads is not refused', () => {
  for (const [component, bodies] of Object.entries(accepted)) {
    for (const body of bodies) {
      test(`${component}: ${body.replaceAll(/\s+/g, ' ')}`, () => {
        assert.deepEqual(check(component, body).errors, []);
      });
    }
  }
});
