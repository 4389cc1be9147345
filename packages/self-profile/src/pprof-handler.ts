import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProfilerBusyError, type V8Profiles } from './v8-profiles.ts';

const prefix = '/debug/pprof/';
/** What Go takes when no duration is asked for, and the longest that is given here; both in seconds. */
const [defaultSeconds, longestSeconds] = [30, 3600];

/** A refusal, said as Go's net/http/pprof says it. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Taker = (profiles: V8Profiles, seconds: string | null, signal: AbortSignal) => Promise<Uint8Array>;

/** The profiles that V8 can give. */
const takers: Readonly<Record<string, Taker>> = {
  profile: takeCpu,
  allocs: takeHeap,
  heap: takeHeap,
};

/** Profiles of Go's that a JavaScript process cannot have. */
const without: Readonly<Record<string, string>> = {
  goroutine: 'this program has no goroutines',
  mutex: 'this program has no mutexes',
  block: 'nothing in this program blocks a goroutine',
  threadcreate: 'this program does not count the threads that it makes',
  trace: "the execution trace is one of Go's own",
};

/**
 * Serves `/debug/pprof/` (what there is), `profile?seconds=N`, `heap` and `allocs` below it with the headers, statuses
 * and error texts of Go's net/http/pprof (https://pkg.go.dev/net/http/pprof); any other profile is 404, as it is there.
 * Where allocations are not kept, `allocs` gives what `heap` does.
 *
 * @param stop ends a CPU profile that is being taken
 * @returns false when the path is not below `/debug/pprof/`, and nothing has been sent
 */
export function handlePprof(
  profiles: V8Profiles,
  request: IncomingMessage,
  response: ServerResponse,
  stop?: AbortSignal,
): boolean {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (!url.pathname.startsWith(prefix)) return false;
  if (url.pathname === prefix) return sendIndex(response, profiles);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = stop === undefined ? gone.signal : AbortSignal.any([gone.signal, stop]);
  takeProfile(profiles, url, signal).then(
    (bytes) => sendProfile(response, url.pathname.slice(prefix.length), bytes),
    (error: unknown) => sendRefusal(response, error),
  );
  return true;
}

function sendIndex(response: ServerResponse, { heapKind }: V8Profiles): true {
  const heap = heapKind === 'live' ? 'what is in use' : 'all that was allocated';
  const lines = [
    'profile?seconds=30  CPU, for so many seconds',
    `heap, allocs        memory: ${heap}, sampled since it was first asked for`,
    '',
    ...Object.entries(without).map(([name, why]) => `${name}: none, ${why}`),
  ];
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(`${lines.join('\n')}\n`);
  return true;
}

async function takeProfile(profiles: V8Profiles, url: URL, signal: AbortSignal): Promise<Uint8Array> {
  const name = url.pathname.slice(prefix.length);
  const taker = Object.hasOwn(takers, name) ? takers[name] : undefined;
  const reason = Object.hasOwn(without, name) ? `: ${without[name]}` : '';
  if (!taker) throw new Refusal(404, `Unknown profile${reason}`);
  return taker(profiles, url.searchParams.get('seconds'), signal);
}

async function takeCpu(profiles: V8Profiles, text: string | null, signal: AbortSignal): Promise<Uint8Array> {
  const asked = Number(text);
  if (asked > longestSeconds) throw new Refusal(400, `"seconds" must not be above ${longestSeconds}`);
  try {
    return await profiles.cpu(asked > 0 ? asked : defaultSeconds, signal);
  } catch (error) {
    if (!(error instanceof ProfilerBusyError)) throw error;
    throw new Refusal(500, `Could not enable CPU profiling: ${error.message}`);
  }
}

/** Go differences the profile over `seconds`; here the one who asks does that. */
async function takeHeap(profiles: V8Profiles, seconds: string | null): Promise<Uint8Array> {
  if (seconds !== null) throw new Refusal(400, '"seconds" parameter is not supported for this profile type');
  return profiles.heap();
}

function sendProfile(response: ServerResponse, name: string, bytes: Uint8Array): void {
  response
    .writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"`,
      'content-length': bytes.byteLength,
      'x-content-type-options': 'nosniff',
    })
    .end(bytes);
}

function sendRefusal(response: ServerResponse, error: unknown): void {
  const status = error instanceof Refusal ? error.status : 500;
  const message = error instanceof Error ? error.message : String(error);
  response
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-go-pprof': '1' })
    .end(`${message}\n`);
}
