import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { componentSchema, knownComponent } from '@pewter/catalog';
import { discoveryComponents } from '@pewter/discovery';
import type { BodySchema } from '@pewter/language';
import { pyroscopeComponents } from '@pewter/pyroscope';
import { type FlatSchema, flatSchema } from './harness/flat-schema.ts';
import { ruledFields } from './harness/ruled-fields.ts';

/** Where a component of ours differs from the reference's on purpose: by component and field, with the reason. */
const intended: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'pyroscope.scrape': {
    scrape_timeout: 'the page says 18s, the program of the reference 10s; the page wins',
    delta_profiling_duration: 'no default: an omitted one follows the interval',
  },
};

/** Blocks and arguments of ours that the reference does not have, with all that is in them: by component and path. Each is warned of (W0511, W0512). */
const extensions: Readonly<Record<string, readonly string[]>> = {
  'pyroscope.scrape': [
    'body_size_limit',
    'label_limit',
    'label_name_length_limit',
    'label_value_length_limit',
    'target_limit',
    'total_body_size_limit',
  ],
  'pyroscope.write': ['endpoint.queue'],
};

for (const component of [...discoveryComponents, ...pyroscopeComponents]) {
  describe(`the schema of ${component.name}`, () => {
    const known = componentSchema(component.name);

    test('is of a component that the reference has, with the same stability', () => {
      assert.equal(knownComponent(component.name)?.stability, component.stability);
    });

    for (const part of ['arguments', 'exports'] as const) {
      test(`has the ${part} of the reference, but for what is intended`, () => {
        assert.ok(known);
        const [ours, theirs] = [flatSchema(component[part]), flatSchema(known[part])];
        const added = part === 'arguments' ? (extensions[component.name] ?? []) : [];
        for (const block of added) assert.equal(theirs.has(block), false, `${block} is in the reference now`);
        if (part === 'arguments') assert.deepEqual(unexplained(component.arguments, added), []);
        const differences = differing(ours, theirs).filter(({ field }) => !isWithin(field, added));
        const reasons = part === 'arguments' ? Object.keys(intended[component.name] ?? {}) : [];
        assert.deepEqual(
          differences.filter(({ field }) => !reasons.includes(field)),
          [],
        );
        const unneeded = reasons.filter((field) => !differences.some((one) => one.field === field));
        assert.deepEqual(unneeded, [], 'intended differences that are none');
      });
    }

    test('has a rule for each field that the catalogue has one for, so that one that comes to run is not checked less', () => {
      assert.ok(known);
      const ours = ruledFields(component.arguments);
      const missing = [...ruledFields(known.arguments)].filter((field) => !isWithin(field, [...ours]));
      assert.deepEqual(missing, []);
    });
  });
}

function isWithin(field: string, blocks: readonly string[]): boolean {
  return blocks.some((block) => field === block || field.startsWith(`${block}.`));
}

/** Arguments among these, or in blocks among these, of which the help of the program does not say what they are for. */
function unexplained(body: BodySchema, added: readonly string[], path = ''): readonly string[] {
  return Object.entries(body.fields).flatMap(([name, field]) => {
    const here = `${path}${name}`;
    if (field.kind === 'block') return unexplained(field.body, added, `${here}.`);
    return isWithin(here, added) && field.meaning === undefined ? [here] : [];
  });
}

interface Difference {
  readonly field: string;
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

function differing(ours: FlatSchema, theirs: FlatSchema): readonly Difference[] {
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .sort()
    .map((field) => ({ field, ours: ours.get(field), theirs: theirs.get(field) }))
    .filter((one) => one.ours !== one.theirs);
}
