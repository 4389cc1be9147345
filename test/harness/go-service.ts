import { profileFixture } from './files.ts';
import type { Answer, RecordedRequest, Respond } from './recording-target.ts';

/** Which recorded profiles a Go service answers with, in the order of the requests; the last one repeats. */
const recordings: Readonly<Record<string, readonly string[]>> = {
  '/debug/pprof/allocs': ['go-allocs-1', 'go-allocs-2', 'go-allocs-3'],
  '/debug/pprof/block': ['go-block-1', 'go-block-2'],
  '/debug/pprof/goroutine': ['go-goroutine-1'],
  '/debug/pprof/mutex': ['go-mutex-1'],
  '/debug/pprof/profile': ['go-profile-1'],
  // Stands for a profile of the service's own.
  '/debug/pprof/threadcreate': ['go-goroutine-1'],
  '/debug/fgprof': ['go-fgprof-1'],
};

/** The answers of a Go service, from recorded profiles; each call counts its own requests. */
export async function goService(): Promise<Respond> {
  const bodies = new Map<string, readonly Uint8Array[]>();
  for (const [path, names] of Object.entries(recordings)) {
    bodies.set(path, await Promise.all(names.map(profileFixture)));
  }
  const asked = new Map<string, number>();
  return ({ url }: RecordedRequest): Answer | undefined => {
    const path = url.replace(/\?.*$/, '');
    const all = bodies.get(path);
    const turn = asked.get(path) ?? 0;
    asked.set(path, turn + 1);
    const body = all?.[Math.min(turn, all.length - 1)];
    return (
      body && {
        body,
        contentType: path === '/debug/fgprof' ? 'application/x-gzip' : 'application/octet-stream',
      }
    );
  };
}
