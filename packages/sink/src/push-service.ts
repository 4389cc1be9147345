import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import { readProfile } from '@pewter/pprof';
import type { PusherService, PushRequest } from '@pewter/pyroscope/protocol';
import type { ReceivedProfile } from './received-profile.ts';

/**
 * `push.v1.PusherService`: hands over each profile of a request. A request with a profile that cannot be read is refused as a
 * whole with `invalid_argument`, and nothing of it is handed over.
 */
export function pushService(
  onProfile: (received: ReceivedProfile) => void,
): ServiceImpl<typeof PusherService> {
  return {
    async push(request) {
      for (const received of await readAll(request)) onProfile(received);
      return {};
    },
  };
}

async function readAll(request: PushRequest): Promise<ReceivedProfile[]> {
  const all: ReceivedProfile[] = [];
  for (const series of request.series) {
    const labels = Object.fromEntries(series.labels.map(({ name, value }) => [name, value]));
    for (const sample of series.samples) all.push(await read(labels, sample.ID, sample.rawProfile));
  }
  return all;
}

async function read(labels: Record<string, string>, id: string, bytes: Uint8Array): Promise<ReceivedProfile> {
  const result = await readProfile(bytes);
  if ('profile' in result) return { labels, id, bytes, profile: result.profile };
  const series = `${labels.service_name ?? '?'}/${labels.__name__ ?? '?'}`;
  throw new ConnectError(`profile of series ${series}: ${result.error.message}`, Code.InvalidArgument);
}
