import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BodySchema, Field } from '@pewter/language';
import { deprecatedFields } from './deprecations.ts';
import { componentSchema, deprecation } from './index.ts';

function fieldAt(schema: BodySchema | undefined, path: string): Field | undefined {
  const [name = '', ...rest] = path.split('/');
  const field = schema?.fields[name];
  if (rest.length === 0) return field;
  return field?.kind === 'block' ? fieldAt(field.body, rest.join('/')) : undefined;
}

test('what is deprecated is in the catalogue, with something to do instead', () => {
  for (const [component, path] of deprecatedFields()) {
    assert.ok(fieldAt(componentSchema(component)?.arguments, path), `${component} has no ${path}`);
    assert.ok((deprecation(component, path) ?? '').length > 5);
  }
  assert.equal(deprecation('pyroscope.scrape', 'targets'), undefined);
  assert.equal(deprecation('pyroscope.scrape', 'toString'), undefined);
});
