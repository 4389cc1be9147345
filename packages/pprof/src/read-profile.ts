import { Profile } from 'pprof-format';
import { unpackProfile } from './check-profile.ts';
import { pack } from './gzip.ts';
import type { ProfileError } from './profile-error.ts';

/** A profile, or what the bytes are instead. */
export type ReadResult = { readonly profile: Profile } | { readonly error: ProfileError };

/** Reads a pprof profile, gzipped or plain. What cannot be read is a typed error; it never rejects. */
export async function readProfile(bytes: Uint8Array): Promise<ReadResult> {
  const unpacked = await unpackProfile(bytes);
  if ('error' in unpacked) return unpacked;
  try {
    return { profile: Profile.decode(unpacked.plain) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { error: { kind: 'not-pprof', message: `not a pprof profile (${reason})` } };
  }
}

/** The profile as gzipped pprof, the form in which profiles travel. */
export function encodeProfile(profile: Profile): Promise<Uint8Array> {
  return pack(profile.encode());
}
