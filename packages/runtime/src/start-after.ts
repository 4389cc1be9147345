import type { Clock } from './outside.ts';

/** How long what is new waits for what is removed, in milliseconds: it may need the same port or file. */
const headStart = 500;

/** Resolves when those that are removed have ended, or after a short while: a slow one does not hold up the rest. */
export async function startAfter(ended: Promise<unknown>, clock: Clock): Promise<void> {
  const waited = Promise.withResolvers<void>();
  const cancel = clock.setTimeout(waited.resolve, headStart);
  await Promise.race([ended, waited.promise]);
  cancel();
}
