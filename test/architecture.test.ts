import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from './harness/files.ts';

const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

/** What the table says that a package uses, by its folder; remarks in parentheses aside. */
const rows = new Map(
  [...page.matchAll(/^\| `packages\/([\w-]+)` \|.*\| ([^|]*) \|$/gm)].map(([, name = '', uses = '']) => [
    name,
    uses.replaceAll(/ \([^)]*\)/g, '').split(', '),
  ]),
);

/** A dependency as the table calls it: without its scope, save for the many parts of OpenTelemetry. */
function shortName(dependency: string): string {
  return dependency.startsWith('@opentelemetry/') ? 'OpenTelemetry' : dependency.replace(/^@[\w-]+\//, '');
}

describe('the table of rooms in ARCHITECTURE.md', () => {
  const packages = readdirSync(join(root, 'packages'));

  test('has every package', () => assert.deepEqual([...rows.keys()].toSorted(), packages.toSorted()));

  // The command line is bundled: all that it uses is there for development alone.
  for (const name of packages.filter((one) => one !== 'cli')) {
    test(`says what ${name} uses`, () => {
      const { dependencies = {} } = JSON.parse(
        readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'),
      ) as { readonly dependencies?: Readonly<Record<string, string>> };
      const used = new Set(Object.keys(dependencies).map(shortName));
      assert.deepEqual(rows.get(name)?.toSorted(), [...used].sort());
    });
  }
});

test('ARCHITECTURE.md names only files that there are', () => {
  const named = [...page.matchAll(/`((?:packages|test)\/[\w./-]+\.(?:ts|cjs))`/g)].map(
    ([, path = '']) => path,
  );
  assert.ok(named.length > 5);
  for (const path of named.filter((one) => !/NAME|discovery\/src\/dns/.test(one)))
    assert.doesNotThrow(() => readFileSync(join(root, path)), path);
});
