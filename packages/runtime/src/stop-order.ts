import type { Clock } from './outside.ts';

export interface StopOptions {
  readonly clock: Clock;
  /** Ids of those that must have ended before this one is told to; ids that are not being stopped do not count. */
  readonly before: (id: string) => readonly string[];
  readonly stop: (id: string) => Promise<void>;
  /** After so many milliseconds all that is left is told to end at once. */
  readonly patience: number;
}

/** How long those that had to be cut short may still take, in milliseconds: as long as a queue drains, and a little. */
const lastGrace = 4_000;

/**
 * Stops these, each after those that write to it, so that what is under way can still be delivered.
 *
 * @returns the ids that had not ended when patience ran out.
 */
export async function stopInOrder(ids: readonly string[], options: StopOptions): Promise<readonly string[]> {
  const left = new Set(ids);
  const impatient = Promise.withResolvers<void>();
  const endings = new Map<string, Promise<void>>();
  const ending = (id: string): Promise<void> => {
    const known = endings.get(id) ?? end(id);
    endings.set(id, known);
    return known;
  };
  const end = async (id: string) => {
    // A step of its own for each, since a chain may be longer than the stack is deep.
    await Promise.resolve();
    const others = options.before(id).filter((one) => left.has(one));
    await Promise.race([Promise.all(others.map(ending)), impatient.promise]);
    await options.stop(id);
    left.delete(id);
  };
  const all = Promise.all(ids.map(ending));
  const cancelPatience = options.clock.setTimeout(impatient.resolve, options.patience);
  const late = Promise.withResolvers<void>();
  const cancelLate = options.clock.setTimeout(late.resolve, options.patience + lastGrace);
  await Promise.race([all, late.promise]);
  cancelPatience();
  cancelLate();
  return [...left];
}
