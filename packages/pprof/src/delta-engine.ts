import { checkPlain, keepsPromises } from './check-profile.ts';
import {
  countersBySample,
  countersOf,
  type DeltaBase,
  type KnownShape,
  repeatsOf,
  subtractBase,
} from './delta-base.ts';
import { DeltaWriter } from './delta-writer.ts';
import type { ProfileError } from './profile-error.ts';
import { ProfileIndex } from './profile-index.ts';
import { isKnown, joinRepeats, takeDifference, writeSame } from './same-shape-step.ts';
import { type CumulativeKind, readSampleTypes, type SampleTypes } from './sample-types.ts';
import { Stacks } from './stacks.ts';
import { Symbols } from './symbols.ts';
import { Varints } from './varints.ts';
import { WireError } from './wire.ts';
import { WireWriter } from './wire-writer.ts';

/** What one profile gives after another, and the base that it leaves. */
export type DeltaStep =
  | { readonly kind: 'first' | 'reset'; readonly base: DeltaBase }
  /** `plain` is the encoded difference; its bytes are valid until the next step of any target. */
  | { readonly kind: 'delta'; readonly base: DeltaBase; readonly plain: Uint8Array<ArrayBuffer> };

/** Bytes that are no profile. */
export interface RefusedStep {
  readonly kind: 'refused';
  readonly error: ProfileError;
}

/** The tables of one step. They keep their memory, which all targets share: a step never waits in between. */
class Workspace {
  readonly reader = new Varints();
  readonly index = new ProfileIndex();
  readonly symbols = new Symbols();
  readonly stacks = new Stacks();
  readonly writer = new DeltaWriter();
  readonly out = new WireWriter();

  /** Lets go of the profile. */
  release(): void {
    this.reader.release();
    this.symbols.release();
    this.index.release();
  }
}

/** A profile of more plain bytes does not leave its tables behind: they are several times as large as it. */
const keptBytes = 1024 * 1024;

/**
 * At most one sample in so many is of a stack that was listed before: Go lists one for each size of its allocations, and
 * those that have counted nothing yet without the size. Where there are more, to keep stacks takes less memory.
 */
const fewRepeats = 8;

let workspace = new Workspace();

/**
 * The difference of an encoded profile to the base of the one before it. Where the bytes are no profile, nothing has
 * happened; otherwise the base before is used up. Where nothing but values has changed since the profile before, this
 * one is as good as that one, and little of it is read: the base then keeps the very same shape.
 */
export function deltaStep(
  plain: Uint8Array,
  kind: CumulativeKind,
  before: DeltaBase | undefined,
): DeltaStep | RefusedStep {
  try {
    return quickStep(workspace, plain, kind, before) ?? checkedStep(workspace, plain, kind, before);
  } finally {
    workspace.release();
    if (plain.length > keptBytes) workspace = new Workspace();
  }
}

/** Reads and checks in one go; undefined where anything is wrong or unusual, and nothing has happened then. */
function quickStep(
  space: Workspace,
  plain: Uint8Array,
  kind: CumulativeKind,
  before: DeltaBase | undefined,
): DeltaStep | undefined {
  try {
    space.index.scan(plain, space.reader);
    const step = knownStep(space, before);
    if (step !== undefined) return step;
    readParts(space);
    const { index, symbols, stacks, reader } = space;
    const wanted = Math.max(symbols.wanted, stacks.wanted);
    return !reader.doubtful && keepsPromises(index, wanted) ? newStep(space, kind, before) : undefined;
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

/** Checks first, and reads what is a profile then. */
function checkedStep(
  space: Workspace,
  plain: Uint8Array,
  kind: CumulativeKind,
  before: DeltaBase | undefined,
): DeltaStep | RefusedStep {
  const error = checkPlain(plain);
  if (error !== undefined) return { kind: 'refused', error };
  space.index.scan(plain, space.reader, true);
  readParts(space);
  return newStep(space, kind, before);
}

function readParts({ index, symbols, stacks, reader }: Workspace): void {
  symbols.read(index, reader);
  stacks.read(index, symbols, reader);
}

/** The step to a profile that was read. */
function newStep(
  { index, symbols, stacks, writer }: Workspace,
  kind: CumulativeKind,
  before: DeltaBase | undefined,
): DeltaStep {
  const types = readSampleTypes(index, kind, before?.types);
  const base = baseOf(index, stacks, types, before);
  if (before === undefined) return { kind: 'first', base };
  if (subtractBase(before, stacks, types)) return { kind: 'reset', base };
  const plain = writer.write(index, symbols, stacks, durationOf(index, before));
  return { kind: 'delta', base, plain };
}

/**
 * The step to a profile in which nothing but values has changed; undefined where more has. The base is changed before the
 * rest is read: what has the digest of a profile that was checked is as well-formed as that, so reading cannot fail.
 */
function knownStep(space: Workspace, before: DeltaBase | undefined): DeltaStep | undefined {
  const { index, out } = space;
  const { timeNanos } = index;
  const known = before?.shape;
  if (before === undefined || known === undefined || !isKnown(index, known)) return undefined;
  if (index.samples.count > 0 && index.samples.columns !== before.types.columns) return undefined;
  if (timeNanos === 0n || before.timeNanos === 0n) return undefined;
  joinRepeats(index, known);
  const change = takeDifference(index, before);
  const base = { ...before, timeNanos };
  if (change === 'reset') return { kind: 'reset', base };
  const duration = elapsed(before, timeNanos);
  if (change === 'all-moved' && known.allUsed) {
    out.clear();
    writeSame(out, index, duration);
    return { kind: 'delta', base, plain: out.written };
  }
  const { symbols, stacks, writer, reader } = space;
  symbols.read(index, reader, false);
  stacks.readKnown(index, symbols, reader);
  const plain = writer.write(index, symbols, stacks, duration);
  if (change === 'all-moved') known.allUsed = writer.allUsed;
  return { kind: 'delta', base, plain };
}

function baseOf(
  index: ProfileIndex,
  stacks: Stacks,
  types: SampleTypes,
  before: DeltaBase | undefined,
): DeltaBase {
  const shape = shapeOf(index, stacks);
  const counters = shape ? countersBySample(stacks, types, shape.samples) : countersOf(stacks, types);
  return { types, counters, timeNanos: index.timeNanos || (before?.timeNanos ?? 0n), shape };
}

/** What makes the next profile comparable without reading all of it; undefined where its samples are not as simple as that. */
function shapeOf({ samples, durations, digest }: ProfileIndex, stacks: Stacks): KnownShape | undefined {
  const { count } = samples;
  const simple = samples.simple && stacks.whole && durations.count <= 1;
  if (!simple || count - stacks.count > count / fewRepeats) return undefined;
  const repeats = repeatsOf(stacks, count);
  return { lo: digest.lo, hi: digest.hi, samples: count, repeats, allUsed: undefined };
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
