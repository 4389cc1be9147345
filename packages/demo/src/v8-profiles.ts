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

/** Profiles of the thread it was started in, as gzipped pprof. */
export interface V8Profiles {
  /** Profiles the CPU for a time; ends early when `signal` aborts. Rejects with {@link ProfilerBusyError} while another is being taken. */
  cpu(seconds: number, signal: AbortSignal): Promise<Uint8Array>;
  /** All allocations since {@link startV8Profiles}: cumulative, collected objects included. */
  allocations(): Promise<Uint8Array>;
  /** Stops the profilers. */
  close(): void;
}

/** Begins to sample the allocations of this thread; CPU profiles cost nothing until one is asked for. */
export async function startV8Profiles(): Promise<V8Profiles> {
  const session = new Session();
  session.connect();
  await startAllocations(session);
  const started = Date.now();
  let busy = false;
  return {
    async cpu(seconds, signal) {
      if (busy) throw new ProfilerBusyError('cpu profiling already in use');
      busy = true;
      try {
        return await takeCpuProfile(session, seconds, signal);
      } finally {
        busy = false;
      }
    },
    async allocations() {
      const { profile } = await session.post('HeapProfiler.getSamplingProfile');
      return heapProfileToPprof(profile, allocationInterval, {
        at: Date.now(),
        milliseconds: Date.now() - started,
      });
    },
    close: () => session.disconnect(),
  };
}

async function startAllocations(session: Session): Promise<void> {
  await session.post('HeapProfiler.enable');
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: allocationInterval,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
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
