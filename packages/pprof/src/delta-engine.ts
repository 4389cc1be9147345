import { baseOf, type DeltaBase, subtractBase, wasReset } from './delta-base.ts';
import { DeltaWriter } from './delta-writer.ts';
import { ProfileIndex } from './profile-index.ts';
import { readSampleTypes } from './sample-types.ts';
import { Stacks } from './stacks.ts';
import { Symbols } from './symbols.ts';

/** What one profile gives after another, and the base that it leaves. */
export type DeltaStep =
  | { readonly kind: 'first' | 'reset'; readonly base: DeltaBase }
  /** `plain` is the encoded difference; its bytes are valid until the next step of any target. */
  | { readonly kind: 'delta'; readonly base: DeltaBase; readonly plain: Uint8Array<ArrayBuffer> };

/** The tables of one step. They keep their memory, which all targets share: a step never waits in between. */
class Workspace {
  readonly index = new ProfileIndex();
  readonly symbols = new Symbols();
  readonly stacks = new Stacks();
  readonly writer = new DeltaWriter();
}

/** A profile of more plain bytes does not leave its tables behind: they are several times as large as it. */
const keptBytes = 1024 * 1024;

let workspace = new Workspace();

/** The difference of an encoded profile, which was checked, to the base of the one before it. */
export function deltaStep(plain: Uint8Array, before: DeltaBase | undefined): DeltaStep {
  try {
    return stepIn(workspace, plain, before);
  } finally {
    workspace.index.bytes = new Uint8Array();
    if (plain.length > keptBytes) workspace = new Workspace();
  }
}

function stepIn(
  { index, symbols, stacks, writer }: Workspace,
  plain: Uint8Array,
  before: DeltaBase | undefined,
): DeltaStep {
  index.scan(plain);
  const types = readSampleTypes(index, before?.types);
  symbols.read(index);
  stacks.read(index, symbols, types.columns);
  const base = baseOf(stacks, types, index.timeNanos);
  if (before === undefined) return { kind: 'first', base };
  if (wasReset(before, stacks, types)) return { kind: 'reset', base };
  subtractBase(before, stacks);
  const elapsed = base.timeNanos - before.timeNanos;
  return { kind: 'delta', base, plain: writer.write(index, symbols, stacks, elapsed > 0n ? elapsed : 0n) };
}
