import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type ComponentInfo, load, type Outside } from '@pewter/runtime';
import { createLogger, Pipeline } from '@pewter/runtime/running';
import { type SourceFile, sourceFromBytes } from '@pewter/syntax';
import { testOutside } from '@pewter/testkit';
import { checkedVocabulary, runVocabulary } from '../packages/cli/src/components.ts';
import { missing, readReferenceLines, referencePath } from './harness/reference.ts';

interface CorpusFile {
  readonly file: string;
  readonly experimental: { readonly ok: boolean };
}

/** Files and hosts that a config names are not on the machine of a test. */
const absentHere = new Set(['E0212', 'E0606']);

/** Real configs that the reference accepts and that are, in part, about what runs here. */
function mixedConfigs(): SourceFile[] {
  const accepted = readReferenceLines<CorpusFile>('corpus/verdicts.jsonl').filter(
    (one) => one.experimental.ok,
  );
  return accepted
    .map(({ file }) => sourceFromBytes(file, readFileSync(referencePath(`corpus/${file}`))))
    .filter(({ text }) => /^\s*(pyroscope|discovery)\.\w+/m.test(text));
}

/** Loads a config without starting it, what does not run here left out. */
async function loaded(source: SourceFile) {
  const host = { hostname: 'h', os: 'linux', arch: 'amd64' };
  const test = testOutside();
  const outside: Outside = { ...test, environment: { get: (name) => name, host } };
  const pipeline = new Pipeline({
    ...runVocabulary({ unsupported: 'skip', community: true }),
    outside,
    stability: 'experimental',
    logs: createLogger({ clock: test.clock, destination: { write: () => {} } }),
    storagePath: '/nonexistent',
  });
  const { applied, diagnostics } = await pipeline.reload([source]);
  const components = pipeline.components();
  void pipeline.stop();
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  return { applied, errors, components };
}

const isLeftOut = ({ health }: ComponentInfo) => /^(not implemented here|skipped): /.test(health.message);

let outcomes: Promise<(Awaited<ReturnType<typeof loaded>> & { readonly source: SourceFile })[]> | undefined;

/** Every mixed config with what came of it; loaded once. */
function allLoaded() {
  const load = async (source: SourceFile) => ({ source, ...(await loaded(source)) });
  outcomes ??= Promise.all(mixedConfigs().map(load));
  return outcomes;
}

describe('real configs with what does not run here left out', {
  skip: missing('corpus/verdicts.jsonl'),
}, () => {
  test('are refused for what validate finds in them, or what this machine lacks, and for nothing else', async () => {
    const refused: string[] = [];
    let applied = 0;
    for (const { source, ...outcome } of await allLoaded()) {
      if (outcome.applied) applied++;
      const options = { ...checkedVocabulary({ community: true }), stability: 'experimental' } as const;
      const found = new Set(load({ ...options, sources: [source] }).diagnostics.map(({ code }) => code));
      const others = outcome.errors.filter((code) => !absentHere.has(code) && !found.has(code));
      if (others.length > 0) refused.push(`${source.name}: ${others.join()}`);
    }
    assert.deepEqual(refused, []);
    assert.ok(applied > 0);
  });

  test('run all that does not depend on it', async () => {
    const wrong: string[] = [];
    for (const { source, components } of await allLoaded()) {
      const states = new Map(components.map((one) => [`${one.moduleId}/${one.localId}`, one]));
      for (const one of components.filter(({ health }) => health.message.startsWith('skipped: '))) {
        const named = /`([^`]+)`/.exec(one.health.message)?.[1] ?? '';
        const because = states.get(`${one.moduleId}/${named}`);
        // Arguments of modules are no components; what they hold is judged where it comes from.
        if (because !== undefined && !isLeftOut(because)) wrong.push(`${source.name}: ${one.localId}`);
      }
      for (const one of components.filter(({ health }) => health.state === 'unhealthy'))
        wrong.push(`${source.name}: ${one.localId} ${one.health.message}`);
    }
    assert.deepEqual(wrong, []);
  });
});
