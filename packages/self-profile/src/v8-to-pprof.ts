import type { HeapProfiler, Profiler, Runtime } from 'node:inspector';
import { gzipSync } from 'node:zlib';
import { ProfileBuilder } from './profile-builder.ts';

/** Frames that V8 makes up: the root of every stack, and time in which the thread waited for something to do. */
const notWork = new Set(['(root)', '(idle)']);

/** When and for how long a profile was taken. */
export interface Taken {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly milliseconds: number;
}

/**
 * A CPU profile of V8 as gzipped pprof, with the sample types of Go's: `samples/count` and `cpu/nanoseconds`.
 * Idle time is left out. Time is what passed between two samples of a thread that was not idle, which is its
 * CPU time unless the machine is overcommitted.
 * The line of a location is the one where its function starts.
 *
 * @param interval microseconds between two samples
 */
export function cpuProfileToPprof(profile: Profiler.Profile, interval: number, taken: Taken): Uint8Array {
  const builder = new ProfileBuilder([
    ['samples', 'count'],
    ['cpu', 'nanoseconds'],
  ]);
  const stacks = stacksById(profile.nodes);
  const times = timeByNode(profile);
  for (const node of profile.nodes) {
    if (!node.hitCount || notWork.has(node.callFrame.functionName)) continue;
    const nanoseconds = (times.get(node.id) ?? 0) * 1000;
    builder.sample(stacks(node.id), [node.hitCount, nanoseconds]);
  }
  return gzipSync(builder.encode(taken, ['cpu', 'nanoseconds'], interval * 1000));
}

/**
 * A sampling heap profile of V8 as gzipped pprof with the one sample type that V8 gives, in bytes. It has no number of
 * objects, and a profile that keeps collected objects (which makes it cumulative, as Go's `allocs` is) does not say
 * what is in use.
 *
 * @param sampleType `alloc_space` for a profile with collected objects, `inuse_space` for one without
 * @param interval mean bytes between two samples; V8 has scaled the sizes already
 */
export function heapProfileToPprof(
  profile: HeapProfiler.SamplingHeapProfile,
  sampleType: string,
  interval: number,
  taken: Taken,
): Uint8Array {
  const builder = new ProfileBuilder([[sampleType, 'bytes']]);
  const visit = (node: HeapProfiler.SamplingHeapProfileNode, above: readonly Runtime.CallFrame[]): void => {
    const stack = notWork.has(node.callFrame.functionName) ? above : [node.callFrame, ...above];
    if (node.selfSize > 0 && stack.length > 0) builder.sample(stack, [node.selfSize]);
    for (const child of node.children) visit(child, stack);
  };
  visit(profile.head, []);
  return gzipSync(builder.encode(taken, ['space', 'bytes'], interval));
}

/** Microseconds by node. A delta reaches back to the sample before, so it belongs to the sample that it ends at. */
function timeByNode({ samples = [], timeDeltas = [] }: Profiler.Profile): Map<number, number> {
  const times = new Map<number, number>();
  for (const [index, id] of samples.entries()) {
    const passed = Math.max(0, timeDeltas[index] ?? 0);
    times.set(id, (times.get(id) ?? 0) + passed);
  }
  return times;
}

/** A lookup from a node to its call frames, leaf first, without the made-up root. */
function stacksById(nodes: readonly Profiler.ProfileNode[]): (id: number) => Runtime.CallFrame[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
  return (id) => {
    const stack: Runtime.CallFrame[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const frame = byId.get(at)?.callFrame;
      if (frame && !notWork.has(frame.functionName)) stack.push(frame);
    }
    return stack;
  };
}
