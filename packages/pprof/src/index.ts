export { Profile } from 'pprof-format';
export { checkProfile } from './check-profile.ts';
export { createDeltaComputer, type DeltaComputer, type DeltaResult } from './delta.ts';
export { profileDigest } from './digest.ts';
export { isGzip } from './gzip.ts';
export { type HeavyFunction, heaviest } from './heaviest.ts';
export { firstBytes, type ProfileError, type ProfileErrorKind } from './profile-error.ts';
export { encodeProfile, type ReadResult, readProfile } from './read-profile.ts';
export { type ProfileSummary, summarise } from './summarise.ts';
