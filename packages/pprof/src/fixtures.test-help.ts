import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the index of the profile fixtures says of each. Times and large numbers lose their last digits in JSON. */
export interface ProfileFacts {
  readonly sample_types: readonly string[];
  readonly samples: number;
  readonly sums: readonly number[];
  readonly locations: number;
  readonly functions: number;
  readonly mappings: number;
  readonly digest: string;
}

const root = new URL('../../../', import.meta.url);
const reference = process.env.PEWTER_REFERENCE
  ? new URL(`file://${process.env.PEWTER_REFERENCE}/`)
  : new URL('../shared/reference/', root);

/** The folder of recorded reference data; undefined where it is not at hand. */
export const referenceFolder = existsSync(reference) ? fileURLToPath(reference) : undefined;

/** The folder of the project's own profile fixtures. */
export const profilesFolder = fileURLToPath(new URL('fixtures/profiles/', root));

export function readIndex(folder: string): Record<string, ProfileFacts> {
  return JSON.parse(readFileSync(`${folder}/index.json`, 'utf8'));
}

export function readFixture(folder: string, name: string): Uint8Array {
  return readFileSync(`${folder}/${name}.pb.gz`);
}
