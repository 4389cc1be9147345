import { matchesGlob } from 'node:path';
import type { BodySchema } from '@pewter/language';
import type { Stability } from '@pewter/runtime';
import { CommandError } from '../command-error.ts';
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
  const all = [...knownThings().values()].filter(({ kind }) => kind === 'component');
  refuseUnknownTypes(filter, all);
  const found = all.filter((one) => fits(one, filter)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (json) stdout.write(`${JSON.stringify(found.map(entry), null, 2)}\n`);
  else if (found.length > 0) stdout.write(`${table(found.map(row), '')}\n`);
  else stderr.write('pewter: no component is like this\n');
  return found.length > 0 ? exitCode.ok : exitCode.failed;
}

function fits(one: KnownThing, { pattern, stability, exports, accepts, runnable }: ComponentFilter): boolean {
  if (pattern !== undefined && !matches(one.name, pattern)) return false;
  if (stability !== undefined && one.stability !== stability) return false;
  if (runnable && !one.runs) return false;
  if (exports !== undefined && !typesIn(one.exports).has(wanted(exports))) return false;
  return accepts === undefined || typesIn(one.arguments).has(wanted(accepts));
}

/** By the signs of a pattern; a text without any is looked for anywhere in the name. */
function matches(name: string, pattern: string): boolean {
  return /[*?[\]{}!]/.test(pattern) ? matchesGlob(name, pattern) : name.includes(pattern);
}

/** A mistyped type would find nothing, as if no component had it. Throws {@link CommandError} that lists the types. */
function refuseUnknownTypes({ exports, accepts }: ComponentFilter, all: readonly KnownThing[]): void {
  const asked = [
    { flag: '--exports', type: exports, bodyOf: (one: KnownThing) => one.exports },
    { flag: '--accepts', type: accepts, bodyOf: (one: KnownThing) => one.arguments },
  ];
  for (const { flag, type, bodyOf } of asked) {
    if (type === undefined) continue;
    const known = new Set(all.flatMap((one) => [...typesIn(bodyOf(one))]));
    if (known.has(wanted(type))) continue;
    const list = [...known].sort().join(', ');
    throw new CommandError(`${flag}: nothing has the type ${type}; types are ${list}`, exitCode.unusable);
  }
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
