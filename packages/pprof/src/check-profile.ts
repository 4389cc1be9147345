import { unpack } from './gzip.ts';
import { firstBytes, type ProfileError, recogniseOther } from './profile-error.ts';
import type { ProfileIndex } from './profile-index.ts';
import { profileField, profileShape, sampleField } from './schema.ts';
import { ShapeWalker } from './shape-walk.ts';
import { WireCursor, WireError, wireType } from './wire.ts';

const walker = new ShapeWalker(profileShape);
const sampleCounts = walker.inner(profileField.sample)?.counts ?? new Int32Array();

/**
 * Whether a body, gzipped or plain, is a whole pprof profile; undefined when it is. Walks the bytes once and builds
 * nothing, so that every scrape can afford it. It promises well-formed messages, as many values in each
 * sample as there are sample types, and names that stand in the string table; ids are not followed.
 */
export async function checkProfile(bytes: Uint8Array): Promise<ProfileError | undefined> {
  const unpacked = await unpackProfile(bytes);
  return 'error' in unpacked ? unpacked.error : undefined;
}

/** The plain bytes of a body that is a whole profile, gzipped or plain, or what it is instead; never rejects. */
export async function unpackProfile(
  bytes: Uint8Array,
): Promise<{ readonly plain: Uint8Array } | { readonly error: ProfileError }> {
  const other = recogniseOther(bytes);
  if (other) return { error: other };
  const unpacked = await unpack(bytes);
  if ('error' in unpacked) return unpacked;
  const error = checkPlain(unpacked.plain);
  return error ? { error } : unpacked;
}

/** What plain bytes are instead of a whole profile; undefined where they are one. */
export function checkPlain(plain: Uint8Array): ProfileError | undefined {
  const other = recogniseOther(plain);
  if (other) return other;
  try {
    walker.reset();
    const problem = walk(plain);
    return problem === undefined ? undefined : notPprof(plain, problem);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return error.truncated && looksLikeProfile(plain)
      ? { kind: 'truncated', message: `the profile is cut off (${error.message})` }
      : notPprof(plain, error.message);
  }
}

/**
 * Whether a profile of which everything was read, and nothing was doubtful, keeps the other promises too; `wanted` is
 * one more than the largest index into the string table that was read. Only what few profiles have much of is walked
 * again. Where it gives false or throws {@link WireError}, {@link checkPlain} says what is wrong, if anything is.
 */
export function keepsPromises(index: ProfileIndex, wanted: number): boolean {
  const { bytes, samples, sampleTypes, strings, header } = index;
  if (sampleTypes.count === 0 || (samples.count > 0 && samples.columns !== sampleTypes.count)) return false;
  if (strings.end(0) > strings.start(0)) return false;
  walker.reset();
  for (const ranges of [sampleTypes, header]) {
    for (let place = 0; place < ranges.count; place++) {
      const cursor = new WireCursor().over(bytes, ranges.from(place), ranges.end(place));
      while (cursor.next()) walker.note(cursor);
    }
  }
  return strings.count >= Math.max(wanted, walker.wanted) && recogniseOther(bytes) === undefined;
}

function notPprof(plain: Uint8Array, why: string): ProfileError {
  return { kind: 'not-pprof', message: `not a pprof profile (${why}); it begins with ${firstBytes(plain)}` };
}

/** What one walk over a profile counts: of the values, the most and the fewest that a sample has. */
interface Counts {
  types: number;
  strings: number;
  most: number;
  fewest: number;
}

/** A wrong shape as text; throws {@link WireError} for what is not protobuf at all. */
function walk(plain: Uint8Array): string | undefined {
  const cursor = new WireCursor(plain);
  const counts: Counts = { types: 0, strings: 0, most: 0, fewest: Number.POSITIVE_INFINITY };
  while (cursor.next()) {
    if (cursor.field === profileField.string) {
      if (cursor.type !== wireType.bytes) return `field ${cursor.field} has wire type ${cursor.type}`;
      if (counts.strings++ === 0 && cursor.end > cursor.start)
        return 'its string table does not begin with the empty string';
      continue;
    }
    walker.note(cursor);
    if (cursor.field === profileField.sampleType) counts.types++;
    else if (cursor.field === profileField.sample) noteValues(counts);
  }
  return judge(counts);
}

function noteValues(counts: Counts): void {
  const values = sampleCounts[sampleField.value] ?? 0;
  if (values > counts.most) counts.most = values;
  if (values < counts.fewest) counts.fewest = values;
}

function judge({ types, strings, most, fewest }: Counts): string | undefined {
  if (types === 0) return 'it has no sample types';
  if (strings < walker.wanted)
    throw new WireError(`it has ${strings} strings and refers to at least ${walker.wanted}`, true);
  if (fewest === Number.POSITIVE_INFINITY || (most === types && fewest === types)) return undefined;
  return `a sample has ${most === types ? fewest : most} values for ${types} sample types`;
}

/** The first field is a whole one that a profile has: what follows was probably a profile too. */
function looksLikeProfile(plain: Uint8Array): boolean {
  try {
    const cursor = new WireCursor(plain);
    if (!cursor.next() || cursor.field > profileField.docUrl) return false;
    walker.note(cursor);
    return true;
  } catch {
    return false;
  }
}
