import { readFileSync } from 'node:fs';
import type { BodyData, ComponentData, IndexData } from './entry.ts';

// The files are part of the program, read when first needed: a config with three components reads three files.
const once = new Map<string, unknown>();

/** All components by name: the one file that every use reads. */
export function indexData(): Readonly<Record<string, IndexData>> {
  return read('index') as Readonly<Record<string, IndexData>>;
}

/** The arguments and exports of a component that the index names. */
export function componentData(name: string): ComponentData {
  return read(`components/${name}`) as ComponentData;
}

/** The bodies of blocks that several components share. */
export function sharedBlocks(): Readonly<Record<string, BodyData>> {
  return read('blocks') as Readonly<Record<string, BodyData>>;
}

/** The configuration blocks (`logging`, `http` …) by name. */
export function configBlocks(): Readonly<Record<string, BodyData>> {
  return read('config') as Readonly<Record<string, BodyData>>;
}

function read(name: string): unknown {
  const known = once.get(name);
  if (known !== undefined) return known;
  const data: unknown = JSON.parse(
    readFileSync(new URL(`data/${name}.generated.json`, import.meta.url), 'utf8'),
  );
  once.set(name, data);
  return data;
}
