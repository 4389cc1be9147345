import type { Clock } from '@pewter/runtime';
import { type AppendResult, delivered, type Profile, type ProfilesReceiver } from '../profiles-receiver.ts';

/** How profiles go on from here, and how long the client waits for what becomes of them. */
export interface Forwarding {
  readonly receiver: ProfilesReceiver;
  readonly clock: Clock;
  /** Milliseconds, 0 is without end. */
  readonly timeoutMs: number;
  /** Where that time comes from. */
  readonly timeoutFrom: string;
}

/** The same with the time that a client gives, where that is less; milliseconds. */
export function within(forwarding: Forwarding, clientMs: number | undefined): Forwarding {
  const { timeoutMs } = forwarding;
  if (clientMs === undefined || (timeoutMs > 0 && timeoutMs <= clientMs)) return forwarding;
  return { ...forwarding, timeoutMs: Math.max(1, clientMs), timeoutFrom: "the client's timeout" };
}

/** What became of profiles: the first failure if there is one. Those that take too long go on, and count as failed here. */
export async function forward(
  profiles: readonly Profile[],
  { receiver, clock, timeoutMs, timeoutFrom }: Forwarding,
): Promise<AppendResult> {
  const late = Promise.withResolvers<AppendResult>();
  const reason = `not delivered within ${timeoutMs / 1000}s (${timeoutFrom})`;
  const timeout = () => late.resolve({ delivered: false, status: 504, reason });
  const cancel = timeoutMs > 0 ? clock.setTimeout(timeout, timeoutMs) : () => undefined;
  const all = Promise.all(profiles.map((profile) => receiver.append(profile)));
  const first = all.then((results) => results.find((result) => !result.delivered) ?? delivered);
  try {
    return await Promise.race([first, late.promise]);
  } finally {
    cancel();
  }
}
