import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { byteSize, EvaluationError } from '@pewter/language';
import { componentData, configBlocks, sharedBlocks } from '../data.ts';
import { componentNames, componentSchema, configBlockNames, configBlockSchema } from '../index.ts';
import { textKinds } from './text-kinds.ts';

/** Names of text kinds in any part of the data. */
function namesIn(data: unknown): string[] {
  if (typeof data !== 'object' || data === null) return [];
  const own = 'text' in data && typeof data.text === 'string' ? [data.text] : [];
  return [...own, ...Object.values(data).flatMap(namesIn)];
}

describe('the text syntaxes of the catalogue', () => {
  test('are all known, but for those of relabel rules and of names that only code knows', () => {
    const all = [componentNames().map(componentData), configBlocks(), sharedBlocks()];
    const missing = new Set(namesIn(all).filter((name) => textKinds[name] === undefined));
    assert.deepEqual([...missing].sort(), ['http.TLSCipher', 'relabel.Action', 'relabel.Regexp']);
  });

  test('accept every default of the catalogue', () => {
    for (const name of componentNames()) assert.ok(componentSchema(name));
    for (const name of configBlockNames()) assert.ok(configBlockSchema(name));
    const defaults = (data: unknown): [string, string][] => {
      if (typeof data !== 'object' || data === null) return [];
      const { type, default: value } = data as { type?: { text?: string }; default?: unknown };
      const own: [string, string][] =
        typeof type === 'object' && type.text !== undefined && typeof value === 'string'
          ? [[type.text, value]]
          : [];
      return [...own, ...Object.values(data).flatMap(defaults)];
    };
    const found = defaults([componentNames().map(componentData), configBlocks(), sharedBlocks()]);
    assert.ok(found.length > 20);
    for (const [kind, value] of found) textKinds[kind]?.parse(value);
  });

  test('name what is accepted instead', () => {
    assert.throws(
      () => textKinds['otelcol.Level']?.parse('much'),
      (error) => error instanceof EvaluationError && error.hint === 'one of none, basic, normal, detailed',
    );
    assert.throws(
      () => textKinds['otelcol.SeverityLevel']?.parse('warn'),
      (error) => error instanceof EvaluationError && error.hint === 'did you mean `WARN`?',
    );
  });

  test('take words of other case only where the reference does', () => {
    assert.equal(textKinds['ottl.ErrorMode']?.parse('Ignore'), 'ignore');
    assert.throws(() => textKinds['config.TLSVersion']?.parse('tls12'), EvaluationError);
  });

  test('take a template whose actions are closed', () => {
    assert.equal(textKinds['stages.Template']?.parse('{{ .Value }} {{ "{{" }}'), '{{ .Value }} {{ "{{" }}');
    assert.throws(() => textKinds['stages.Template']?.parse('{{ .Value }} {{ .x'), EvaluationError);
  });
});

describe('a size in bytes', () => {
  for (const [text, bytes] of [
    ['0', 0],
    ['12B', 12],
    ['5MiB', 5 * 2 ** 20],
    ['5MB', 5 * 2 ** 20],
    ['1.5KiB', 1536],
    ['1GiB512MiB', 1.5 * 2 ** 30],
    ['-1KB', -1024],
  ] as const) {
    test(`${text} is ${bytes}`, () => assert.equal(byteSize(text), bytes));
  }

  for (const text of ['', '5', '5mb', '5 MiB', 'MiB', '1KiB1MB']) {
    test(`${JSON.stringify(text)} is none`, () => assert.throws(() => byteSize(text), EvaluationError));
  }
});
