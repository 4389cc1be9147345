import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);
const reference = process.env.PEWTER_REFERENCE
  ? new URL(`file://${process.env.PEWTER_REFERENCE}/`)
  : new URL('../shared/reference/', root);

/** Why tests against recorded reference data are skipped; false where the data is at hand. */
export const referenceAbsent: string | false = existsSync(reference)
  ? false
  : 'the recorded reference data is not here';

/** A text file of the reference data; empty where it is absent. */
export function referenceText(path: string): string {
  const url = new URL(path, reference);
  return existsSync(url) ? readFileSync(url, 'utf8') : '';
}

/** The names in a folder of the reference data; none where it is absent. */
export function referenceNames(path: string): readonly string[] {
  const url = new URL(path, reference);
  return existsSync(url) ? readdirSync(url) : [];
}

/** A profile of the project's own fixtures, as it would come over the wire. */
export function fixture(name: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`fixtures/profiles/${name}.pb.gz`, root)));
}

/** A binary file of the reference data. */
export function referenceBytes(path: string): Buffer {
  return readFileSync(new URL(path, reference));
}
