import { matchesGlob } from 'node:path';
import type { BodySchema } from '@pewter/language';
import type { Stability } from '@pewter/runtime';
import { exitCode } from '../exit-code.ts';
import type { Output } from '../host.ts';
import { type KnownThing, knownThings } from './known-things.ts';
import { table } from './layout.ts';
import { partsOf, typeWords } from './type-words.ts';

/** Which components to list; all that are given must hold. */
export interface ComponentFilter {
  readonly pattern?: string | undefined;
  readonly stability?: Stability | undefined;
  readonly exports?: string | undefined;
  readonly accepts?: string | undefined;
  readonly runnable?: true | undefined;
}

/** Lists components; gives the exit status: 1 where there is none. */
export function listComponents(filter: ComponentFilter, json: boolean, { stdout, stderr }: Output): number {
  const found = [...knownThings().values()]
    .filter((one) => one.kind === 'component' && fits(one, filter))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (json) stdout.write(`${JSON.stringify(found.map(entry), null, 2)}\n`);
  else if (found.length > 0) stdout.write(`${table(found.map(row), '')}\n`);
  else stderr.write('pewter: no component is like this\n');
  return found.length > 0 ? exitCode.ok : exitCode.failed;
}

function fits(one: KnownThing, { pattern, stability, exports, accepts, runnable }: ComponentFilter): boolean {
  if (pattern !== undefined && !matchesGlob(one.name, pattern)) return false;
  if (stability !== undefined && one.stability !== stability) return false;
  if (runnable && !one.runs) return false;
  if (exports !== undefined && !typesIn(one.exports).has(wanted(exports))) return false;
  return accepts === undefined || typesIn(one.arguments).has(wanted(accepts));
}

/** Targets are looked for by the name that exports have, too. */
function wanted(type: string): string {
  return type === 'targets' ? 'target' : type;
}

function typesIn(body: BodySchema, depth = 0): ReadonlySet<string> {
  const types = Object.values(body.fields).flatMap((field) => {
    if (field.kind === 'attribute') return partsOf(field.type);
    return depth > 4 ? [] : [...typesIn(field.body, depth + 1)];
  });
  return new Set(types);
}

function row({ name, stability, runs, exports }: KnownThing): readonly string[] {
  const given = Object.entries(exports.fields).map(([field]) => field);
  return [
    name,
    stability ?? 'community',
    runs ? 'runs here' : '',
    given.length === 0 ? '' : `exports ${given.join(', ')}`,
  ];
}

function entry({ name, stability, community, runs, exports }: KnownThing) {
  const given = Object.entries(exports.fields).map(([field, of]) => ({
    name: field,
    type: of.kind === 'attribute' ? typeWords(of.type) : 'object',
  }));
  return { name, stability: stability ?? null, community, runs, exports: given };
}
