import { Profile } from 'pprof-format';
import { checkPlain } from './check-profile.ts';
import { pack, unpack } from './gzip.ts';
import { type ProfileError, recogniseOther } from './profile-error.ts';

/** A profile, or what the bytes are instead. */
export type ReadResult = { readonly profile: Profile } | { readonly error: ProfileError };

/** Reads a pprof profile, gzipped or plain. What cannot be read is a typed error; it never rejects. */
export async function readProfile(bytes: Uint8Array): Promise<ReadResult> {
  const other = recogniseOther(bytes);
  if (other) return { error: other };
  const unpacked = await unpack(bytes);
  return 'error' in unpacked ? unpacked : decodePlain(unpacked.plain);
}

function decodePlain(plain: Uint8Array): ReadResult {
  const error = checkPlain(plain);
  if (error) return { error };
  try {
    return { profile: Profile.decode(plain) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { error: { kind: 'not-pprof', message: `not a pprof profile (${reason})` } };
  }
}

/** The profile as gzipped pprof, the form in which profiles travel. */
export function encodeProfile(profile: Profile): Promise<Uint8Array> {
  return pack(profile.encode());
}
