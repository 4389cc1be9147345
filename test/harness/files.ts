import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A file of fixtures/. */
export function fixturePath(name: string): string {
  return join(root, 'fixtures', name);
}

/** A recorded profile, gzipped as it was sent. */
export async function profileFixture(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(fixturePath(`profiles/${name}.pb.gz`)));
}

/** A config of fixtures/configs with its `{{placeholders}}` filled. */
export async function configFixture(name: string, values: Readonly<Record<string, string>>): Promise<string> {
  const text = await readFile(fixturePath(`configs/${name}.alloy`), 'utf8');
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, key: string) => values[key] ?? whole);
}

/** A folder of its own for a test, removed when it is disposed of. */
export interface ScratchFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes a file and returns its path. */
  write(name: string, text: string): Promise<string>;
}

export async function scratchFolder(): Promise<ScratchFolder> {
  const path = await mkdtemp(join(tmpdir(), 'pewter-test-'));
  return {
    path,
    write: async (name, text) => {
      await writeFile(join(path, name), text);
      return join(path, name);
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
