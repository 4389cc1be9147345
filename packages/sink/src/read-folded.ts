import { gzipSync } from 'node:zlib';
import { Profile } from '@pewter/pprof';

/** Stacks as lines of text, outermost caller first (`main;work 12`), as a gzipped pprof. Lines of another form are left out. */
export function readFolded(text: Uint8Array, query: URLSearchParams): Uint8Array {
  const stacks = new TextDecoder().decode(text).split('\n').flatMap(stackOf);
  const base = new Profile();
  const string = (name: string) => base.stringTable.dedup(name);
  const ids = new Map<string, number>();
  for (const name of stacks.flatMap(({ names }) => names)) if (!ids.has(name)) ids.set(name, ids.size + 1);
  const units = query.get('units') ?? 'samples';
  const profile = new Profile({
    stringTable: base.stringTable,
    sampleType: [{ type: string(units), unit: string('count') }],
    timeNanos: BigInt(Number(query.get('from') ?? 0) | 0) * 1_000_000_000n,
    function: [...ids].map(([name, id]) => ({ id, name: string(name) })),
    location: [...ids.values()].map((id) => ({ id, line: [{ functionId: id, line: 0 }] })),
    sample: stacks.map(({ names, value }) => ({
      locationId: names.map((name) => ids.get(name) ?? 0).reverse(),
      value: [value],
    })),
  });
  return gzipSync(profile.encode());
}

function stackOf(line: string): { names: string[]; value: number }[] {
  const [, stack, value] = /^(.+) (\d+)\s*$/.exec(line) ?? [];
  return stack === undefined ? [] : [{ names: stack.split(';'), value: Number(value) }];
}
