import type { Clock } from '@pewter/runtime';
import { Counter, Histogram, type Registry } from 'prom-client';
import { type AppendResult, delivered, type Profile, type ProfilesReceiver } from './profiles-receiver.ts';

/** What a fan-out counts. Made once for each component. */
export interface FanoutMetrics {
  readonly latency: Histogram;
  readonly forwarded: Counter;
}

/** The metrics of a fan-out, under the reference's names. */
export function createFanoutMetrics(registry: Registry): FanoutMetrics {
  return {
    latency: new Histogram({
      name: 'pyroscope_fanout_latency',
      help: 'Write latency for sending to pyroscope profiles',
      registers: [registry],
    }),
    forwarded: new Counter({
      name: 'pyroscope_forwarded_entries_total',
      help: 'Total number of samples sent to downstream components.',
      registers: [registry],
    }),
  };
}

/**
 * One receiver over many. All get a profile at once, none waits for another and none can harm another; the result is
 * the first failure in the order of the receivers, if there is one.
 */
export function createFanout(
  receivers: () => readonly ProfilesReceiver[],
  metrics: FanoutMetrics,
  clock: Clock,
): ProfilesReceiver {
  const all: ProfilesReceiver = {
    async append(profile) {
      const began = clock.monotonic();
      metrics.forwarded.inc();
      const results = await Promise.all(receivers().map((receiver) => appendSafely(receiver, profile)));
      metrics.latency.observe((clock.monotonic() - began) / 1000);
      return results.find((result) => !result.delivered) ?? delivered;
    },
  };
  return { append: (profile) => appendSafely(all, profile) };
}

async function appendSafely(receiver: ProfilesReceiver, profile: Profile): Promise<AppendResult> {
  try {
    return await receiver.append(profile);
  } catch (error) {
    return { delivered: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
