import { dirname } from 'node:path';
import { sourceFromBytes } from '@pewter/syntax';
import type { Imported } from './import-definition.ts';
import type { Files } from './outside.ts';

/** Reads a file, or all `.alloy` files of a folder, as one module. Rejects with Node's error. */
export async function readModuleFiles(files: Pick<Files, 'read' | 'list'>, path: string): Promise<Imported> {
  const names = await files.list(path);
  const paths = names?.filter((name) => name.endsWith('.alloy')).map((name) => `${path}/${name}`) ?? [path];
  const texts = await Promise.all(
    paths.toSorted().map(async (one) => sourceFromBytes(one, await files.read(one))),
  );
  return { texts, folder: names === undefined ? dirname(path) : path };
}
