import { Session } from 'node:inspector/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuProfileToPprof, heapProfileToPprof } from './v8-to-pprof.ts';

/** Distance of two CPU samples in microseconds; Go's profiler has 10 ms, V8's own default is 1 ms. */
const cpuInterval = 1000;
/** Mean bytes between two allocation samples: V8's default. Each sample stays in memory for as long as the profiler runs. */
const allocationInterval = 32 * 1024;

/** Thrown when a CPU profile is asked for while another is being taken: V8 has one profiler, as Go has. */
export class ProfilerBusyError extends Error {
  override readonly name = 'ProfilerBusyError';
}

/**
 * What a heap profile counts: all that was ever `allocated` (every sample stays in memory, so this is for processes that
 * live briefly), or what is `live`, whose samples go with their objects. V8 samples in one of the ways at a time.
 */
export type HeapKind = 'allocated' | 'live';

/** Profiles of the thread it was started in, as gzipped pprof. */
export interface V8Profiles {
  /** What {@link V8Profiles.heap} counts. */
  readonly heapKind: HeapKind;
  /** Profiles the CPU for a time; ends early when `signal` aborts. Rejects with {@link ProfilerBusyError} while another is being taken. */
  cpu(seconds: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Of what was allocated since {@link startV8Profiles}: all of it, or what is still in use. */
  heap(): Promise<Uint8Array>;
  /** Stops the profilers. */
  close(): void;
}

/** Begins to sample what this thread allocates; CPU profiles cost nothing until one is asked for. */
export async function startV8Profiles(heapKind: HeapKind): Promise<V8Profiles> {
  const session = new Session();
  session.connect();
  await startSampling(session, heapKind === 'allocated');
  const started = Date.now();
  let busy = false;
  return {
    heapKind,
    async cpu(seconds, signal) {
      if (busy) throw new ProfilerBusyError('cpu profiling already in use');
      busy = true;
      try {
        return await takeCpuProfile(session, seconds, signal);
      } finally {
        busy = false;
      }
    },
    async heap() {
      const { profile } = await session.post('HeapProfiler.getSamplingProfile');
      const taken = { at: Date.now(), milliseconds: Date.now() - started };
      return heapProfileToPprof(profile, sampleTypes[heapKind], allocationInterval, taken);
    },
    close: () => session.disconnect(),
  };
}

/** The names that Go has for what is counted. */
const sampleTypes: Readonly<Record<HeapKind, string>> = { allocated: 'alloc_space', live: 'inuse_space' };

async function startSampling(session: Session, keepCollected: boolean): Promise<void> {
  await session.post('HeapProfiler.enable');
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: allocationInterval,
    includeObjectsCollectedByMajorGC: keepCollected,
    includeObjectsCollectedByMinorGC: keepCollected,
  });
}

async function takeCpuProfile(session: Session, seconds: number, signal: AbortSignal): Promise<Uint8Array> {
  const at = Date.now();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: cpuInterval });
  await session.post('Profiler.start');
  await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined);
  const { profile } = await session.post('Profiler.stop');
  await session.post('Profiler.disable');
  return cpuProfileToPprof(profile, cpuInterval, { at, milliseconds: Date.now() - at });
}
