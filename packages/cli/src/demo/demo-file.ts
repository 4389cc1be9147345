import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the demo's config may be: beside the bundled program, or among the fixtures of a checkout. */
const places = ['./demo.alloy', '../../../../fixtures/configs/demo.alloy'];

/** The path of the demo's config. */
export function demoFile(): string {
  const candidates = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`demo.alloy is in none of ${candidates.join(', ')}`);
  return found;
}
