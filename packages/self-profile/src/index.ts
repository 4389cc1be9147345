export { handlePprof } from './pprof-handler.ts';
export { type HeapKind, ProfilerBusyError, startV8Profiles, type V8Profiles } from './v8-profiles.ts';
export { cpuProfileToPprof, heapProfileToPprof, type Taken } from './v8-to-pprof.ts';
