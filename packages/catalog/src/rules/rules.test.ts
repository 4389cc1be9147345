import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BlockField, BodySchema } from '@pewter/language';
import { sharedBlocks } from '../data.ts';
import { componentSchema } from '../index.ts';
import type { RuleData } from './rule-data.ts';
import { componentRules, ruledComponents } from './rules.ts';
import { sharedRules } from './shared.ts';

/** The bodies of a component by path; those that stand in themselves a few levels deep. */
function bodies(schema: BodySchema, path = '', depth = 0): [string, BodySchema][] {
  const blocks = Object.entries(schema.fields).filter(([, field]) => field.kind === 'block');
  const inner = blocks.flatMap(([name, field]) =>
    depth > 4 ? [] : bodies((field as BlockField).body, path === '' ? name : `${path}/${name}`, depth + 1),
  );
  return [[path, schema], ...inner];
}

function fieldsOf(rule: RuleData): readonly string[] {
  if ('regexp' in rule) return [rule.regexp];
  const about = 'about' in rule ? rule.about : [];
  return [...rule.reads, ...about].map((name) => name.replace(/ \{\}$/, ''));
}

describe('the rules of components', () => {
  for (const name of ruledComponents()) {
    test(`of ${name} are about fields that it has`, () => {
      const schema = componentSchema(name);
      assert.ok(schema, 'is in the catalogue');
      const all = bodies(schema.arguments);
      for (const [path, rules] of Object.entries(componentRules(name))) {
        const places = all.filter(([at]) =>
          path === '' ? at === '' : at === path || at.endsWith(`/${path}`),
        );
        assert.ok(places.length > 0, `there is a body ${path}`);
        for (const [, body] of places) {
          const missing = rules.flatMap(fieldsOf).filter((field) => body.fields[field] === undefined);
          assert.deepEqual(missing, [], path);
        }
      }
    });
  }

  test('of shared blocks are about fields that these have', () => {
    for (const [name, rules] of Object.entries(sharedRules)) {
      const fields = new Set(sharedBlocks()[name]?.map((field) => ('name' in field ? field.name : '')));
      assert.deepEqual(
        rules.flatMap(fieldsOf).filter((field) => !fields.has(field)),
        [],
        name,
      );
    }
  });
});
