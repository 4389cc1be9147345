import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AttributeField, BlockField, BodySchema, CapsuleKind, Type } from '@pewter/language';
import {
  componentNames,
  componentSchema,
  configBlockNames,
  configBlockSchema,
  type Kinds,
  knownComponent,
} from './index.ts';

const attribute = (body: BodySchema | undefined, name: string): AttributeField => {
  const field = body?.fields[name];
  assert.equal(field?.kind, 'attribute', name);
  return field as AttributeField;
};
const block = (body: BodySchema | undefined, ...path: string[]): BlockField => {
  const [name = '', ...rest] = path;
  const field = body?.fields[name];
  assert.equal(field?.kind, 'block', name);
  return rest.length === 0 ? (field as BlockField) : block((field as BlockField).body, ...rest);
};

describe('the component catalogue', () => {
  test('knows the components of the reference with their stability', () => {
    assert.equal(componentNames().length, 184);
    assert.deepEqual(knownComponent('pyroscope.scrape'), {
      name: 'pyroscope.scrape',
      stability: 'generally-available',
      community: false,
    });
    assert.deepEqual(knownComponent('otelcol.exporter.datadog'), {
      name: 'otelcol.exporter.datadog',
      stability: undefined,
      community: true,
    });
  });

  test('knows nothing of other names, also of those that objects inherit', () => {
    for (const name of ['pyroscope.scrap', 'toString', '__proto__', '../index']) {
      assert.equal(knownComponent(name), undefined);
      assert.equal(componentSchema(name), undefined);
      assert.equal(configBlockSchema(name), undefined);
    }
  });

  test('yields a whole schema for every component and configuration block', () => {
    for (const name of componentNames()) {
      const schema = componentSchema(name);
      assert.ok(schema, name);
      assert.ok(countFields(schema.arguments) + countFields(schema.exports) > 0, name);
    }
    for (const name of configBlockNames()) assert.ok(countFields(configBlockSchema(name)) > 0, name);
  });

  test('gives the same schema each time', () => {
    assert.equal(componentSchema('discovery.http'), componentSchema('discovery.http'));
  });
});

describe('a schema of the catalogue', () => {
  test('has required attributes, defaults as values, and none where the reference has the zero value', () => {
    const body = componentSchema('pyroscope.scrape')?.arguments;
    assert.equal(attribute(body, 'targets').required, true);
    assert.equal(attribute(body, 'scrape_interval').default, '15s');
    assert.equal(attribute(body, 'enable_http2').default, true);
    assert.equal('default' in attribute(body, 'job_name'), false);
  });

  test('has defaults that are lists and objects', () => {
    const hubs = componentSchema('loki.source.azure_event_hubs')?.arguments;
    assert.deepEqual(attribute(hubs, 'labels').default, { job: 'loki.source.azure_event_hubs' });
    const balancing = componentSchema('otelcol.exporter.loadbalancing')?.arguments;
    assert.deepEqual(attribute(block(balancing, 'resolver', 'kubernetes').body, 'ports').default, [4317]);
  });

  test('puts the bodies of shared blocks in their place', () => {
    const body = componentSchema('pyroscope.scrape')?.arguments;
    assert.equal(attribute(block(body, 'oauth2', 'tls_config').body, 'insecure_skip_verify').type, 'bool');
  });

  test('says which blocks take a label and which may be repeated', () => {
    const config = block(componentSchema('pyroscope.scrape')?.arguments, 'profiling_config').body;
    assert.deepEqual(
      ['profile.custom', 'profile.memory'].map((name) => {
        const { labelled, repeated } = block(config, name);
        return { labelled, repeated };
      }),
      [
        { labelled: true, repeated: true },
        { labelled: false, repeated: false },
      ],
    );
  });

  test('tells alternatives apart by their names, however deep they are in themselves', () => {
    const body = componentSchema('loki.process')?.arguments;
    assert.equal(block(body, 'stage.match', 'stage.match', 'stage.json').repeated, true);
    assert.equal(block(body, 'stage.metrics', 'metric.counter').repeated, true);
  });

  test('names capsules as the reference does, and takes real kinds for them', () => {
    const receiver: CapsuleKind<unknown> = { name: 'pyroscope.receiver' };
    const kinds: Kinds = { capsules: { 'pyroscope.receiver': receiver }, texts: {} };
    const elementKind = (schema: ReturnType<typeof componentSchema>) => {
      const type = attribute(schema?.arguments, 'forward_to').type;
      return capsuleKind(listElement(type));
    };
    assert.equal(elementKind(componentSchema('pyroscope.scrape', kinds)), receiver);
    assert.equal(elementKind(componentSchema('pyroscope.scrape'))?.name, 'pyroscope.receiver');
  });
});

function listElement(type: Type): Type {
  assert.ok(typeof type === 'object' && 'list' in type);
  return type.list;
}

function capsuleKind(type: Type): CapsuleKind<unknown> | undefined {
  return typeof type === 'object' && 'capsule' in type ? type.capsule : undefined;
}

/** How many fields there are; a body that contains itself is entered a few times only. */
function countFields(body: BodySchema | undefined, depth = 0): number {
  if (body === undefined || depth > 12) return 0;
  return Object.values(body.fields).reduce(
    (sum, field) => sum + 1 + (field.kind === 'block' && depth < 6 ? countFields(field.body, depth + 1) : 0),
    0,
  );
}
