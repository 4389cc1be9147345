import { readFileSync } from 'node:fs';
import {
  componentNames,
  componentSchema,
  configBlockNames,
  configBlockSchema,
  knownComponent,
} from '@pewter/catalog';
import { discoveryComponents } from '@pewter/discovery';
import { remoteImports } from '@pewter/imports';
import { pyroscopeComponents } from '@pewter/pyroscope';
import { type ComponentDefinition, registryOf } from '@pewter/runtime';
import { createLogger, Pipeline } from '@pewter/runtime/running';
import { httpBlock } from '@pewter/server/http-block';
import { SourceFile } from '@pewter/syntax';
import { MemoryFiles, testOutside } from '@pewter/testkit';
import { catalogKinds } from '../../packages/cli/src/catalog-kinds.ts';
import { referencePath } from './reference.ts';

/** What became of a first load: whether it went through, the lines of its errors and of what belongs to them, and their texts. */
export interface LoadResult {
  readonly ok: boolean;
  readonly errorLines: readonly number[];
  readonly messages: readonly string[];
}

/** A component that does not run here: its arguments are decoded, and nothing more. */
function inert(name: string): ComponentDefinition {
  const schema = componentSchema(name, catalogKinds);
  if (schema === undefined) throw new Error(`the catalogue has no component ${name}`);
  const stability = knownComponent(name)?.stability ?? 'experimental';
  const build = () => ({ run: idle, update: () => {} });
  return { name, stability, ...schema, implementation: () => Promise.resolve({ build }) };
}

function idle(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

const known = componentNames().filter((name) => knownComponent(name)?.community !== true);
const registry = registryOf([...known.map(inert), ...discoveryComponents, ...pyroscopeComponents]);
const configBlocks = [
  ...configBlockNames()
    .filter((name) => name !== 'logging')
    .map((name) => ({
      name,
      stability: 'generally-available' as const,
      arguments: configBlockSchema(name, catalogKinds) ?? { fields: {}, rules: [] },
    })),
  httpBlock,
];

/** What a config may name: every component that the reference has by default. */
export const referenceVocabulary = {
  registry,
  configBlocks,
  imports: remoteImports,
  knownComponents: (component: string) => (knownComponent(component) === undefined ? undefined : {}),
};

/** The files beside the cases, which their imports name. */
function siblings(): Readonly<Record<string, string>> {
  const names = ['fixture.txt', 'module_double.inc', 'module_broken.inc'];
  return Object.fromEntries(names.map((name) => [name, readFileSync(referencePath(`load/${name}`), 'utf8')]));
}

/** Loads a config for the first time with every component that the reference has by default. */
export async function loadLikeReference(
  name: string,
  text: string,
  files: Readonly<Record<string, string>> = siblings(),
): Promise<LoadResult> {
  const outside = testOutside({ files: new MemoryFiles(files) });
  const pipeline = new Pipeline({
    ...referenceVocabulary,
    outside,
    stability: 'experimental',
    logs: createLogger({ clock: outside.clock, destination: { write: () => {} } }),
    storagePath: '/nonexistent',
  });
  const source = new SourceFile(name, text);
  const { ok, diagnostics } = await pipeline.reload([source]);
  await pipeline.stop();
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return {
    ok,
    errorLines: errors
      .flatMap(({ location, related = [] }) => [...(location === undefined ? [] : [location]), ...related])
      .map((place) => place.source.position(place.range.start).line),
    messages: errors.map(({ code, message }) => `${code} ${message}`),
  };
}
