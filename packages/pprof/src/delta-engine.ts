import { baseOf, type DeltaBase, type KnownShape, subtractBase, wasReset } from './delta-base.ts';
import { DeltaWriter } from './delta-writer.ts';
import { ProfileIndex } from './profile-index.ts';
import { SameShape } from './same-shape.ts';
import { isKnown, takeDifference, writeSame } from './same-shape-step.ts';
import { type CumulativeKind, readSampleTypes } from './sample-types.ts';
import { Stacks } from './stacks.ts';
import { Symbols } from './symbols.ts';
import { WireWriter } from './wire-writer.ts';

/** What one profile gives after another, and the base that it leaves. */
export type DeltaStep =
  | { readonly kind: 'first' | 'reset'; readonly base: DeltaBase }
  /** `plain` is the encoded difference; its bytes are valid until the next step of any target. */
  | { readonly kind: 'delta'; readonly base: DeltaBase; readonly plain: Uint8Array<ArrayBuffer> };

/** The tables of one step. They keep their memory, which all targets share: a step never waits in between. */
class Workspace {
  readonly shape = new SameShape();
  readonly out = new WireWriter();
  readonly index = new ProfileIndex();
  readonly symbols = new Symbols();
  readonly stacks = new Stacks();
  readonly writer = new DeltaWriter();

  /** Lets go of the profile. */
  release(): void {
    this.shape.release();
    this.symbols.release();
    this.index.bytes = new Uint8Array();
  }
}

/** A profile of more plain bytes does not leave its tables behind: they are several times as large as it. */
const keptBytes = 1024 * 1024;

let workspace = new Workspace();

function inWorkspace<T>(plain: Uint8Array, work: (workspace: Workspace) => T): T {
  try {
    return work(workspace);
  } finally {
    workspace.release();
    if (plain.length > keptBytes) workspace = new Workspace();
  }
}

/** The difference of an encoded profile, which was checked, to the base of the one before it. */
export function deltaStep(plain: Uint8Array, kind: CumulativeKind, before: DeltaBase | undefined): DeltaStep {
  return inWorkspace(plain, (space) => stepIn(space, plain, kind, before));
}

/**
 * The same for a profile that was not checked, where nothing but values has changed since the one before: it is as good
 * as that one then. Undefined where more has changed, or something is wrong; nothing has happened in that case. The base is used up otherwise.
 */
export function sameShapeStep(plain: Uint8Array, before: DeltaBase | undefined): DeltaStep | undefined {
  const known = before?.shape;
  if (before === undefined || known === undefined) return undefined;
  return inWorkspace(plain, (space) => knownStepIn(space, plain, before, known));
}

function stepIn(
  { index, symbols, stacks, shape, writer }: Workspace,
  plain: Uint8Array,
  kind: CumulativeKind,
  before: DeltaBase | undefined,
): DeltaStep {
  index.scan(plain);
  const types = readSampleTypes(index, kind, before?.types);
  symbols.read(index);
  stacks.read(index, symbols, types.columns);
  const found = baseOf(stacks, types, index.timeNanos || (before?.timeNanos ?? 0n));
  const base = { ...found, shape: shapeOf(shape, plain, found, stacks) };
  if (before === undefined) return { kind: 'first', base };
  if (wasReset(before, stacks, types)) return { kind: 'reset', base };
  subtractBase(before, stacks);
  return {
    kind: 'delta',
    base,
    plain: writer.write(index, symbols, stacks, durationOf(index, before)),
  };
}

function knownStepIn(
  space: Workspace,
  plain: Uint8Array,
  before: DeltaBase,
  known: KnownShape,
): DeltaStep | undefined {
  const { shape } = space;
  const { columns } = before.types;
  if (!shape.read(plain, columns) || !isKnown(shape, known)) return undefined;
  const timeNanos = (BigInt(shape.timeHi) << 32n) | BigInt(shape.timeLo >>> 0);
  if (timeNanos === 0n || before.timeNanos === 0n) return undefined;
  const change = takeDifference(shape, before);
  const base = { ...before, timeNanos };
  if (change === 'reset') return { kind: 'reset', base };
  const duration = elapsed(before, timeNanos);
  if (change === 'all-moved' && known.allUsed) {
    space.out.clear();
    writeSame(space.out, shape, columns, duration);
    return { kind: 'delta', base, plain: space.out.written };
  }
  const { index, symbols, stacks, writer } = space;
  index.scan(plain);
  symbols.read(index, false);
  stacks.readKnown(index, symbols, columns, shape.values);
  const written = writer.write(index, symbols, stacks, duration);
  if (change === 'all-moved') known.allUsed = writer.allUsed;
  return { kind: 'delta', base, plain: written };
}

/** What makes the next profile comparable without reading all of it; undefined where its samples are not as simple as that. */
function shapeOf(
  shape: SameShape,
  plain: Uint8Array,
  { types, counters }: DeltaBase,
  stacks: Stacks,
): KnownShape | undefined {
  if (!stacks.whole || !shape.read(plain, types.columns)) return undefined;
  const { samples, digest } = shape;
  const complete =
    stacks.count === samples && counters.length === samples * (2 + types.cumulative.length * 2);
  return complete ? { lo: digest.lo, hi: digest.hi, samples, allUsed: undefined } : undefined;
}

/** The time since the profile before; a process that has never told the time is believed about the duration. */
function durationOf({ timeNanos, durationNanos }: ProfileIndex, before: DeltaBase): bigint {
  if (before.timeNanos === 0n) return durationNanos;
  return timeNanos === 0n ? 0n : elapsed(before, timeNanos);
}

function elapsed(before: DeltaBase, timeNanos: bigint): bigint {
  const nanos = timeNanos - before.timeNanos;
  return nanos > 0n ? nanos : 0n;
}
