import { unpack } from './gzip.ts';
import { firstBytes, type ProfileError, recogniseOther } from './profile-error.ts';
import { WireCursor, WireError, wireType } from './wire.ts';

/** Fields of perftools.profiles.Profile (google/pprof proto/profile.proto) by wire type. */
const messages: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 11]);
const numbers: ReadonlySet<number> = new Set([7, 8, 9, 10, 12, 14, 15]);
const field = { sampleType: 1, sample: 2, mapping: 3, function: 5, string: 6, periodType: 11 } as const;
const sampleValue = 2;
/** The fields of a message that are indexes into the string table. */
const stringFields: Readonly<Record<number, readonly number[]>> = {
  [field.sampleType]: [1, 2],
  [field.mapping]: [5, 6],
  [field.function]: [2, 3, 4],
  [field.periodType]: [1, 2],
};

/**
 * Whether a body, gzipped or plain, is a whole pprof profile; undefined when it is. Walks the bytes once and builds
 * nothing, so that every scrape can afford it. It promises well-formed messages, as many values in each
 * sample as there are sample types, and names that stand in the string table; ids are not followed.
 */
export async function checkProfile(bytes: Uint8Array): Promise<ProfileError | undefined> {
  const other = recogniseOther(bytes);
  if (other) return other;
  const unpacked = await unpack(bytes);
  return 'error' in unpacked ? unpacked.error : checkPlain(unpacked.plain);
}

/** {@link checkProfile} for bytes that are unpacked already. */
export function checkPlain(plain: Uint8Array): ProfileError | undefined {
  const other = recogniseOther(plain);
  if (other) return other;
  try {
    const problem = walk(plain);
    return problem === undefined ? undefined : notPprof(plain, problem);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return error.truncated && looksLikeProfile(plain)
      ? { kind: 'truncated', message: `the profile is cut off (${error.message})` }
      : notPprof(plain, error.message);
  }
}

function notPprof(plain: Uint8Array, why: string): ProfileError {
  return { kind: 'not-pprof', message: `not a pprof profile (${why}); it begins with ${firstBytes(plain)}` };
}

/** What one walk over a profile finds out. */
interface Walked {
  types: number;
  strings: number;
  /** How many strings the tables refer to, at least. */
  wanted: number;
  readonly valueCounts: Set<number>;
}

/** A wrong shape as text; throws {@link WireError} for what is not protobuf at all. */
function walk(plain: Uint8Array): string | undefined {
  const cursor = new WireCursor(plain);
  const walked: Walked = { types: 0, strings: 0, wanted: 0, valueCounts: new Set() };
  while (cursor.next()) {
    const problem = wrongType(cursor);
    if (problem !== undefined) return problem;
    if (cursor.field === field.string && walked.strings === 0 && cursor.end > cursor.start)
      return 'its string table does not begin with the empty string';
    note(walked, cursor);
  }
  return judge(walked);
}

function note(walked: Walked, cursor: WireCursor): void {
  if (cursor.field === field.sampleType) walked.types++;
  if (cursor.field === field.string) walked.strings++;
  else if (cursor.field === field.sample) walked.valueCounts.add(countValues(cursor.message()));
  else if (messages.has(cursor.field))
    walked.wanted = Math.max(
      walked.wanted,
      stringsWanted(cursor.message(), stringFields[cursor.field] ?? []),
    );
}

function judge({ types, strings, wanted, valueCounts }: Walked): string | undefined {
  if (types === 0) return 'it has no sample types';
  if (strings < wanted)
    throw new WireError(`it has ${strings} strings and refers to at least ${wanted}`, true);
  const odd = [...valueCounts].find((count) => count !== types);
  return odd === undefined ? undefined : `a sample has ${odd} values for ${types} sample types`;
}

function wrongType(cursor: WireCursor): string | undefined {
  const wrong =
    (messages.has(cursor.field) && cursor.type !== wireType.bytes) ||
    (numbers.has(cursor.field) && cursor.type !== wireType.varint);
  return wrong ? `field ${cursor.field} has wire type ${cursor.type}` : undefined;
}

function countValues(sample: WireCursor): number {
  let count = 0;
  while (sample.next()) {
    if (sample.field !== sampleValue) continue;
    for (const _ of sample.varints()) count++;
  }
  return count;
}

/** Walks a message to its end; gives one more than the largest index into the string table. */
function stringsWanted(cursor: WireCursor, indexFields: readonly number[]): number {
  let wanted = 1;
  while (cursor.next()) {
    if (indexFields.includes(cursor.field)) wanted = Math.max(wanted, cursor.value + 1);
  }
  return wanted;
}

/** The first field is a whole one that a profile has: what follows was probably a profile too. */
function looksLikeProfile(plain: Uint8Array): boolean {
  try {
    const cursor = new WireCursor(plain);
    if (!cursor.next() || wrongType(cursor) !== undefined) return false;
    if (!messages.has(cursor.field)) return numbers.has(cursor.field);
    stringsWanted(cursor.message(), []);
    return true;
  } catch {
    return false;
  }
}
