import { existsSync, readFileSync } from 'node:fs';

/** The text of a page of `docs/`, which lies beside the bundled program, or in the checkout. */
export function docFile(name: string): string {
  const places = [`./docs/${name}`, `../../../../docs/${name}`].map(
    (place) => new URL(place, import.meta.url),
  );
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`${name} is in none of ${places.join(', ')}`);
  return readFileSync(found, 'utf8');
}
