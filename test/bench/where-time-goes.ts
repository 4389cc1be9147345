import { Session } from 'node:inspector/promises';
import { basename } from 'node:path';
import { type HeavyFunction, heaviest, type Profile, readProfile } from '@pewter/pprof';
import { cpuProfileToPprof } from '@pewter/self-profile';

/** Microseconds between two samples. */
const interval = 200;

/** Where the CPU time of some work goes: by function and by file, of what they used themselves, the heaviest first. */
export async function whereTimeGoes(
  work: () => void,
): Promise<{ functions: readonly HeavyFunction[]; files: readonly HeavyFunction[] }> {
  const profile = await cpuProfile(work);
  const functions = heaviest(profile, Number.POSITIVE_INFINITY, 'cpu');
  for (const one of profile.function) one.name = one.filename;
  const files = heaviest(profile, Number.POSITIVE_INFINITY, 'cpu');
  return { functions, files: files.map((file) => ({ ...file, name: basename(file.name) })) };
}

async function cpuProfile(work: () => void): Promise<Profile> {
  const session = new Session();
  session.connect();
  const at = Date.now();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval });
    await session.post('Profiler.start');
    work();
    const { profile } = await session.post('Profiler.stop');
    const taken = { at, milliseconds: Date.now() - at };
    const read = await readProfile(cpuProfileToPprof(profile, interval, taken));
    if ('error' in read) throw new Error(read.error.message);
    return read.profile;
  } finally {
    session.disconnect();
  }
}
